package quantumbtc.trade;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one source itself said when the trade was made. A source that did not answer has none.
 *
 * @param source    name of the source, such as Kraken
 * @param price     USD per BTC; null for a source that gives no price
 * @param timestamp the source's own time; null when it gave none
 * @param detail    what else it said, as a sentence; null when nothing
 * @param replayed  true when it came from a replay of old prices
 */
public record Proof(String source, BigDecimal price, Instant timestamp, String detail, boolean replayed) {
}
