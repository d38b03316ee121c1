package quantumbtc.signal;

import java.util.List;
import java.util.SplittableRandom;

/**
 * First-passage statistics by block bootstrap: future paths are put together from blocks of past candles that began in
 * the same trend, each block scaled from its own volatility to today's. High and low of each candle are kept.
 */
final class FirstPassage {

    static final int PATHS = 2_000;
    static final int BLOCK = 24;
    /** With fewer block starts in the same trend than this, all blocks are drawn from. */
    static final int FEWEST_STARTS = 60;
    /** Indicators of the first candles of a chart are not settled yet. */
    static final int WARM_UP = 48;

    private final Chart chart;
    private final int[] starts;
    private final boolean sameTrend;
    private final int block;

    /** @param lookback most candles drawn from, counted back from the newest */
    FirstPassage(Chart chart, Trend trend, int lookback) {
        this.chart = chart;
        int first = Math.max(WARM_UP, chart.size() - lookback);
        this.block = Math.min(BLOCK, Math.max(1, (chart.size() - first) / 4));
        int[] alike = new int[chart.size()];
        int[] all = new int[chart.size()];
        int alikeCount = 0;
        int allCount = 0;
        for (int i = first; i + block <= chart.size(); i++) {
            all[allCount++] = i;
            if (Trend.at(chart, i - 1).sign() == trend.sign()) {
                alike[alikeCount++] = i;
            }
        }
        this.sameTrend = alikeCount >= FEWEST_STARTS;
        this.starts = sameTrend ? java.util.Arrays.copyOf(alike, alikeCount) : java.util.Arrays.copyOf(all, allCount);
    }

    /** How many different blocks the paths are drawn from. */
    int blocks() {
        return starts.length;
    }

    int blockLength() {
        return block;
    }

    /** False when the trend of today was too rare in the history, and blocks of any trend were drawn. */
    boolean sameTrend() {
        return sameTrend;
    }

    /** The statistics of each candidate, in their order, over the same paths. */
    List<Odds> of(List<Levels> candidates, long seed) {
        int longest = candidates.stream().mapToInt(levels -> chart.steps(levels.timeframe().hours())).max().orElse(0);
        double[] high = new double[longest];
        double[] low = new double[longest];
        double[] close = new double[longest];
        int[][] ends = new int[candidates.size()][Walk.End.values().length];
        double[] gains = new double[candidates.size()];
        Walk[] walks = new Walk[candidates.size()];
        int[] steps = new int[candidates.size()];
        for (int i = 0; i < walks.length; i++) {
            walks[i] = new Walk();
            walks[i].levels(candidates.get(i));
            steps[i] = chart.steps(candidates.get(i).timeframe().hours());
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int path = 0; path < PATHS; path++) {
            draw(random, high, low, close);
            for (int i = 0; i < walks.length; i++) {
                walks[i].follow(high, low, close, 0, steps[i], 0);
                ends[i][walks[i].end().ordinal()]++;
                gains[i] += walks[i].gain();
            }
        }
        Odds[] odds = new Odds[candidates.size()];
        for (int i = 0; i < odds.length; i++) {
            odds[i] = new Odds(ends[i][0] / (double) PATHS, ends[i][1] / (double) PATHS, ends[i][2] / (double) PATHS,
                    Costs.STAKE * (gains[i] / PATHS - Costs.ROUND_TRIP));
        }
        return List.of(odds);
    }

    private void draw(SplittableRandom random, double[] high, double[] low, double[] close) {
        double[] volatility = chart.indicators.volatility();
        double today = volatility[chart.size() - 1];
        double at = 0;
        for (int step = 0; step < close.length; ) {
            int from = starts[random.nextInt(starts.length)];
            double scale = today / volatility[from - 1];
            for (int i = from; i < from + block && step < close.length; i++, step++) {
                high[step] = at + scale * chart.upBy(i);
                low[step] = at + scale * chart.downBy(i);
                at += scale * chart.changeBy(i);
                close[step] = at;
            }
        }
    }
}
