package quantumbtc.signal;

import quantumbtc.trade.Direction;
import quantumbtc.trade.Timeframe;

/**
 * Targets and stop of one candidate trade as distances from the entry, each a positive part of the price. For a short
 * they are mirrored.
 *
 * @param move typical move of the price over the whole timeframe, as a part of the price
 */
record Levels(Timeframe timeframe, Direction direction, double move, double tp1, double tp2, double tp3, double stop) {

    private static final double TP1_MOVES = 0.25;
    private static final double TP2_MOVES = 1.00;
    private static final double TP3_MOVES = 1.80;
    private static final double STOP_MOVES = 0.85;
    /** A swing this far from the standard distance, in moves, still attracts the stop or the first target. */
    private static final double STOP_REACH = 0.20;
    private static final double TP1_REACH = 0.08;
    /** The stop lies this much behind its swing, the target this much before it; in moves. */
    private static final double MARGIN = 0.02;
    /** The widest stop that a signal may have. */
    static final double WIDEST_STOP = 0.05;
    /** The nearest first target: what is nearer is eaten by the costs of 0.4 %. */
    static final double NEAREST_TARGET = 0.005;

    /**
     * Standard distances are multiples of the timeframe's typical move; a swing near by takes the stop behind it, or the
     * first target before it. Then all are scaled together so that the stop is no wider than 5 % and the first target no
     * nearer than 0.5 %.
     */
    static Levels of(Timeframe timeframe, Direction direction, Chart chart, double price) {
        int last = chart.size() - 1;
        Indicators is = chart.indicators;
        double move = is.volatility()[last] * Math.sqrt(chart.steps(timeframe.hours()));
        boolean goesUp = direction == Direction.LONG;
        double ahead = distance(goesUp ? is.swingHigh()[last] - price : price - is.swingLow()[last], price, move);
        double behind = distance(goesUp ? price - is.swingLow()[last] : is.swingHigh()[last] - price, price, move);
        double tp1 = Math.abs(ahead - MARGIN - TP1_MOVES) <= TP1_REACH ? ahead - MARGIN : TP1_MOVES;
        double stop = Math.abs(behind + MARGIN - STOP_MOVES) <= STOP_REACH ? behind + MARGIN : STOP_MOVES;
        double scale = Math.max(NEAREST_TARGET / (tp1 * move), Math.min(1, WIDEST_STOP / (stop * move)));
        double unit = move * scale;
        return new Levels(timeframe, direction, move, tp1 * unit, TP2_MOVES * unit, TP3_MOVES * unit,
                Math.min(stop * unit, WIDEST_STOP));
    }

    private static double distance(double dollars, double price, double move) {
        return dollars / price / move;
    }

    /** 1 for a long, -1 for a short. */
    int sign() {
        return direction == Direction.LONG ? 1 : -1;
    }

    /** The same geometry where one candle's typical move is another one. */
    Levels at(double volatility, double here) {
        double scale = volatility / here;
        return new Levels(timeframe, direction, move * scale, tp1 * scale, tp2 * scale, tp3 * scale, Math.min(0.9, stop * scale));
    }
}
