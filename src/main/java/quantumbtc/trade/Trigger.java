package quantumbtc.trade;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A past window of the same market that looked like the one the trade was made in, and what followed.
 *
 * @param at             end of the window
 * @param price          USD per BTC at that time
 * @param distance       how unlike it was: root mean square difference of the standardised features, 0 is equal
 * @param followed       HIT, NOT_HIT or EXPIRED, had the same geometry been entered then
 * @param changePercent  price change over the trade's timeframe from then on
 */
public record Trigger(Instant at, BigDecimal price, BigDecimal distance, String followed, BigDecimal changePercent) {
}
