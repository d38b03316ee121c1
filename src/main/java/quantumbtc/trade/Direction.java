package quantumbtc.trade;

import java.math.BigDecimal;

/** Whether a trade gains when the price rises or when it falls. */
public enum Direction {
    LONG, SHORT;

    /** Long when the first target lies above the entry, else short. By number, never by text: 100,000 is more than 99,999. */
    public static Direction of(BigDecimal entry, BigDecimal firstTarget) {
        return firstTarget.compareTo(entry) > 0 ? LONG : SHORT;
    }
}
