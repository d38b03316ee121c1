package quantumbtc.signal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import quantumbtc.market.HistoryTooShort;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.Trigger;

/** Computes what a signal states, from the candles that had ended by then. Pure. */
final class Analyst {

    /** Indicators are unsettled and statistics empty below this. */
    static final int FEWEST_CANDLES = 120;
    /** A timeframe needs a history of so many times its own length. */
    static final int HISTORY_PER_TIMEFRAME = 4;
    /** With a newer candle than this missing, the chart does not show the present. */
    static final Duration OLDEST = Duration.ofHours(6);
    /** What is left of the confidence when the sources differ by more than 1 %. */
    static final double DISAGREEMENT = 0.9;
    /** A first target less likely than this is no target while a timeframe with a likelier one can be had. */
    static final double LEAST_HIT = 0.6;
    private static final int PAST_ENTRIES = 500;

    private final Calibration calibration;
    private final int lookback;

    Analyst(Calibration calibration, int lookback) {
        this.calibration = calibration;
        this.lookback = lookback;
    }

    /**
     * @param asked the timeframe that the signal has to take; null: the best is chosen
     * @throws HistoryTooShort when there are too few candles, or none of the present
     */
    Analysis analyse(Chart whole, BigDecimal price, boolean disagreement, long seed, Instant asOf, Timeframe asked) {
        Chart chart = whole.until(asOf);
        requireHistory(chart, asOf, asked);
        Trend trend = Trend.at(chart, chart.size() - 1);
        FirstPassage passage = new FirstPassage(chart, trend, lookback);
        List<Levels> levels = Arrays.stream(Timeframe.values())
                .filter(timeframe -> allowed(timeframe, chart))
                .map(timeframe -> Levels.of(timeframe, trend.direction(), chart, price.doubleValue())).toList();
        List<Odds> odds = passage.of(levels, seed);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < odds.size(); i++) {
            candidates.add(new Candidate(levels.get(i), odds.get(i),
                    calibration.probability(levels.get(i).timeframe(), odds.get(i).hit())));
        }
        Candidate chosen = choose(candidates, asked);
        List<Trigger> similar = new Neighbours(chart).of(chosen.levels(), lookback);
        double stated = chosen.confidence() * (disagreement ? DISAGREEMENT : 1);
        return new Analysis(chart, price, trend, chosen, asked != null, List.copyOf(candidates), passage,
                new Past(chart).baseRate(chosen.levels(), lookback, PAST_ENTRIES), similar,
                CollapseScore.of(chart, trend, similar, lookback), disagreement, (int) Math.round(100 * stated));
    }

    /**
     * What is asked for; else the best expected result after costs among the timeframes whose first target comes first in at least 60 % of the
     * paths; when there is none, the timeframe where it does so most often.
     */
    private static Candidate choose(List<Candidate> candidates, Timeframe asked) {
        if (asked != null) {
            return candidates.stream().filter(one -> one.levels().timeframe() == asked).findFirst().orElseThrow();
        }
        return candidates.stream().filter(one -> one.odds().hit() >= LEAST_HIT)
                .max(Comparator.comparingDouble(one -> one.odds().expected()))
                .orElseGet(() -> candidates.stream().max(Comparator.comparingDouble(one -> one.odds().hit())).orElseThrow());
    }

    private static boolean allowed(Timeframe timeframe, Chart chart) {
        return Duration.ofHours(timeframe.hours()).compareTo(chart.step()) >= 0
                && chart.size() >= HISTORY_PER_TIMEFRAME * chart.steps(timeframe.hours());
    }

    private static void requireHistory(Chart chart, Instant asOf, Timeframe asked) {
        int size = chart.size();
        Instant newest = size == 0 ? null : chart.end(size - 1);
        if (size < FEWEST_CANDLES) {
            throw new HistoryTooShort("the history has " + size + " finished candles of " + chart.step() + " before " + asOf
                    + "; " + FEWEST_CANDLES + " are needed, " + (FEWEST_CANDLES - size) + " are missing.", size, FEWEST_CANDLES, newest);
        }
        if (Arrays.stream(Timeframe.values()).noneMatch(timeframe -> allowed(timeframe, chart))) {
            throw new HistoryTooShort("candles of " + chart.step() + " are too long, or too few, for any timeframe up to a week.",
                    size, HISTORY_PER_TIMEFRAME * chart.steps(Timeframe.WEEK.hours()), newest);
        }
        if (asked != null && !allowed(asked, chart)) {
            throw new HistoryTooShort("candles of " + chart.step() + " are too long, or too few, for a trade of " + asked.label() + ".",
                    size, HISTORY_PER_TIMEFRAME * chart.steps(asked.hours()), newest);
        }
        Duration oldest = OLDEST.compareTo(chart.step()) > 0 ? OLDEST : chart.step();
        if (newest.isBefore(asOf.minus(oldest))) {
            throw new HistoryTooShort("the newest finished candle ended at " + newest + ", which is more than "
                    + oldest.toHours() + " hours before " + asOf + ".", size, FEWEST_CANDLES, newest);
        }
    }
}
