package quantumbtc.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * One finished bar of prices on one venue, over {@code start <= t < start + duration}. A span without trades has no
 * candle: a gap stays a gap.
 *
 * @param start    UTC
 * @param duration positive
 * @param open     USD per BTC, positive, as high, low and close; {@code low <= open, close <= high}
 * @param volume   BTC traded; null when the venue does not say
 * @param venue    name of the venue, such as Kraken
 */
public record Candle(Instant start, Duration duration, BigDecimal open, BigDecimal high, BigDecimal low,
                     BigDecimal close, BigDecimal volume, String venue) {

    /** @throws IllegalArgumentException when the prices contradict each other */
    public Candle {
        if (low.signum() <= 0 || low.compareTo(open.min(close)) > 0 || high.compareTo(open.max(close)) < 0
                || duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(venue + " candle " + start + ": open " + open + ", high " + high + ", low "
                    + low + ", close " + close + " contradict each other");
        }
    }

    /** The first instant that no longer belongs to it. */
    public Instant end() {
        return start.plus(duration);
    }
}
