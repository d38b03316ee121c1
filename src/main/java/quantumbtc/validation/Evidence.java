package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantumbtc.market.Candle;

/**
 * What a run judges by, the same for every trade.
 *
 * @param timeline finished candles
 * @param now      when the run started
 * @param until    no candle that ends by then is still to come, from no venue; null when there are no candles at all
 * @param hopeless trades whose time was over by then are closed with what is known: candles for them will not come
 */
record Evidence(Timeline timeline, Instant now, Instant until, Instant hopeless) {

    /** A venue that is further behind the others says nothing of this time any more, and is not waited for. */
    private static final Duration FURTHEST_BEHIND = Duration.ofHours(1);

    static Evidence of(Collection<Candle> candles, Instant now, Duration patience) {
        List<Candle> finished = candles.stream().filter(candle -> !candle.end().isAfter(now)).toList();
        return new Evidence(Timeline.of(finished), now, until(finished), now.minus(patience));
    }

    /**
     * The end of the newest candle of the venue that is behind the others: what it will say of the time after may contradict
     * a touch, or be one, and what was judged once is not judged again.
     */
    private static Instant until(Collection<Candle> candles) {
        Map<String, Instant> ends = new HashMap<>();
        candles.forEach(candle -> ends.merge(candle.venue(), candle.end(), (a, b) -> a.isAfter(b) ? a : b));
        Instant newest = ends.values().stream().max(Instant::compareTo).orElse(null);
        return ends.values().stream().filter(end -> !end.isBefore(newest.minus(FURTHEST_BEHIND))).min(Instant::compareTo).orElse(null);
    }

    /** Until when this trade can be judged. */
    Instant untilFor(OpenTrade trade) {
        // Without any candle nothing is known, not even that none will come.
        if (until == null) {
            return trade.from();
        }
        return trade.expiresAt().isAfter(hopeless) ? until : now;
    }

    /** Highest price that any venue claims for a time after the instant; null when there is none. */
    BigDecimal highestSince(Instant instant) {
        return timeline.slots().stream().filter(slot -> since(slot, instant)).map(Slot::highest).max(BigDecimal::compareTo).orElse(null);
    }

    /** Lowest price that any venue claims for a time after the instant; null when there is none. */
    BigDecimal lowestSince(Instant instant) {
        return timeline.slots().stream().filter(slot -> since(slot, instant)).map(Slot::lowest).min(BigDecimal::compareTo).orElse(null);
    }

    private static boolean since(Slot slot, Instant instant) {
        return instant == null || !slot.start().isBefore(instant);
    }
}
