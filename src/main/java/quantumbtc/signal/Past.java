package quantumbtc.signal;

/** What really followed in the chart's own past: the same geometry, entered at the end of an earlier candle. */
final class Past {

    private final Chart chart;
    private final Walk walk = new Walk();

    Past(Chart chart) {
        this.chart = chart;
    }

    /**
     * Whether the whole timeframe after this candle is already history.
     *
     * @param index the candle at whose close the trade would have begun
     */
    boolean complete(int index, int steps) {
        return index + steps < chart.size();
    }

    Walk enter(Levels levels, int index, int steps) {
        double[] volatility = chart.indicators.volatility();
        walk.levels(levels.at(volatility[index], volatility[chart.size() - 1]));
        walk.follow(chart.logHigh, chart.logLow, chart.logClose, index + 1, steps, chart.logClose[index]);
        return walk;
    }

    /**
     * Part of past entries, evenly spread and whatever the trend was, that reached the first target before the stop
     * with this geometry; NaN when there is no past to count.
     */
    double baseRate(Levels levels, int lookback, int most) {
        int steps = chart.steps(levels.timeframe().hours());
        int first = Math.max(FirstPassage.WARM_UP, chart.size() - lookback);
        int last = chart.size() - 1 - steps;
        int stride = Math.max(1, (last - first) / most);
        int counted = 0;
        int hits = 0;
        for (int i = last; i >= first; i -= stride) {
            counted++;
            if (enter(levels, i, steps).end() == Walk.End.HIT) {
                hits++;
            }
        }
        return counted == 0 ? Double.NaN : hits / (double) counted;
    }
}
