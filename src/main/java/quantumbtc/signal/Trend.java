package quantumbtc.signal;

import quantumbtc.trade.Direction;

/**
 * Where trend and momentum point at one candle: the sum of four votes.
 *
 * @param score from -1 (all down) to 1 (all up); at least 0.1 away from 0, as no choice of the weights cancels out
 */
record Trend(double score) {

    private static final double FAST_OVER_SLOW = 0.40;
    private static final double PRICE_OVER_LONG = 0.25;
    private static final double MOMENTUM = 0.20;
    private static final double STRENGTH = 0.15;

    static Trend at(Chart chart, int index) {
        Indicators is = chart.indicators;
        return new Trend(FAST_OVER_SLOW * vote(is.ema20()[index] - is.ema50()[index])
                + PRICE_OVER_LONG * vote(chart.close[index] - is.ema200()[index])
                + MOMENTUM * vote(is.macd()[index])
                + STRENGTH * vote(is.rsi()[index] - 50));
    }

    private static int vote(double value) {
        return value >= 0 ? 1 : -1;
    }

    Direction direction() {
        return score > 0 ? Direction.LONG : Direction.SHORT;
    }

    /** 1 for up, -1 for down. */
    int sign() {
        return score > 0 ? 1 : -1;
    }
}
