package quantumbtc.trade;

import java.math.BigDecimal;

/**
 * Prices at which the position may be opened, USD per BTC, never null, {@code min <= optimal <= max}.
 * A migrated trade has one entry price, so all three are equal.
 */
public record EntryZone(BigDecimal min, BigDecimal max, BigDecimal optimal) {
}
