package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import quantumbtc.market.Candle;

/**
 * What a run judges by, the same for every trade.
 *
 * @param timeline finished candles
 * @param now      when the run started
 * @param until    no candle that ends by then is still to come; null when there are no candles at all
 * @param hopeless trades whose time was over by then are closed with what is known: candles for them will not come
 */
record Evidence(Timeline timeline, Instant now, Instant until, Instant hopeless) {

    static Evidence of(Collection<Candle> candles, Instant now, Duration patience) {
        Timeline timeline = Timeline.of(candles.stream().filter(candle -> !candle.end().isAfter(now)).toList());
        Instant until = timeline.slots().stream().map(Slot::end).max(Instant::compareTo).orElse(null);
        return new Evidence(timeline, now, until, now.minus(patience));
    }

    /** Until when this trade can be judged. */
    Instant untilFor(OpenTrade trade) {
        if (!trade.expiresAt().isAfter(hopeless)) {
            return now;
        }
        return until == null ? trade.from() : until;
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
