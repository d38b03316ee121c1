package quantumbtc.market;

import java.time.Duration;

/**
 * When data is too old, and what is needed.
 *
 * @param minimumScore    lowest score that a signal may be made of, 0 to 100
 * @param priceAge        oldest price, by its source's own time
 * @param chainAge        oldest difficulty: the price's limit, the cache and the service's own delay together
 * @param sentimentAge    oldest sentiment; LunarCrush renews its list hourly
 */
public record PurityLimits(int minimumScore, Duration priceAge, Duration chainAge, Duration sentimentAge) {
}
