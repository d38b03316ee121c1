package quantumbtc.signal;

/**
 * Follows one price path until the trade is over, as the judge does: by high and low, the stop first when both are
 * touched in one candle, the rest closed at the end of the timeframe.
 */
final class Walk {

    /** How the first half of the trade ended. */
    enum End { HIT, NOT_HIT, EXPIRED }

    private static final double[] ALLOCATION = {0.5, 0.3, 0.2};

    private final double[] target = new double[3];
    private double stop;
    private int sign;
    private End end;
    private double gain;

    /** Makes ready for the geometry; the path is given in logarithms of price over entry. */
    void levels(Levels levels) {
        sign = levels.sign();
        target[0] = Math.log1p(sign * levels.tp1());
        target[1] = Math.log1p(sign * levels.tp2());
        target[2] = Math.log1p(sign * levels.tp3());
        stop = Math.log1p(-sign * levels.stop());
    }

    /**
     * @param high  logarithm of each candle's high over the entry price; low and close likewise
     * @param from  first candle
     * @param steps how many candles the timeframe has
     * @param base  logarithm to take from each value, when the path is not measured from the entry
     */
    void follow(double[] high, double[] low, double[] close, int from, int steps, double base) {
        end = End.EXPIRED;
        gain = 0;
        int reached = 0;
        double open = 1;
        for (int i = from; i < from + steps; i++) {
            double best = (sign > 0 ? high[i] : low[i]) - base;
            double worst = (sign > 0 ? low[i] : high[i]) - base;
            if (sign * (worst - stop) <= 0) {
                gain += open * sign * Math.expm1(stop);
                end = reached > 0 ? End.HIT : End.NOT_HIT;
                return;
            }
            while (reached < 3 && sign * (best - target[reached]) >= 0) {
                gain += ALLOCATION[reached] * sign * Math.expm1(target[reached]);
                open -= ALLOCATION[reached];
                reached++;
                end = End.HIT;
            }
            if (reached == 3) {
                return;
            }
        }
        gain += open * sign * Math.expm1(close[from + steps - 1] - base);
    }

    End end() {
        return end;
    }

    /** Part of the stake gained (lost when negative), before costs. */
    double gain() {
        return gain;
    }
}
