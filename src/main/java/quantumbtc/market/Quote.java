package quantumbtc.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one source says Bitcoin costs.
 *
 * @param source       never null; one that gives prices
 * @param price        USD per BTC; never null, positive
 * @param time         the source's own time of the price; null when it gave none, so its age is unknown
 * @param volumeUsd24h USD traded in 24 hours over all venues that the source counts; null when it gave none
 * @param volumeBtc24h BTC traded in 24 hours on this one venue (Kraken); null when it gave none. Not comparable with USD
 * @param marketCapUsd USD; null when it gave none
 * @param replayed     true when it came from a replay of old prices, not from the market
 */
public record Quote(Source source, BigDecimal price, Instant time, BigDecimal volumeUsd24h, BigDecimal volumeBtc24h,
                    BigDecimal marketCapUsd, boolean replayed) {
}
