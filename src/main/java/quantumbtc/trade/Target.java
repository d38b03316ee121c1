package quantumbtc.trade;

import java.math.BigDecimal;

/**
 * One take-profit target.
 *
 * @param price      USD per BTC; never null, positive
 * @param allocation percent of the position closed here, 1 to 100
 */
public record Target(BigDecimal price, int allocation) {
}
