package quantumbtc.market;

import java.math.BigDecimal;

/**
 * What a number can be at all; outside of it the answer is refused as a whole, since a source that is wrong once in a
 * payload is not believed in the rest of it.
 */
record Bounds(BigDecimal least, boolean leastAllowed, BigDecimal most) {

    /** USD per BTC. */
    static final Bounds PRICE = new Bounds(BigDecimal.ZERO, false, new BigDecimal("1e9"));
    /** USD in all, or BTC traded. */
    static final Bounds AMOUNT = new Bounds(BigDecimal.ZERO, true, new BigDecimal("1e18"));
    static final Bounds COUNT = new Bounds(BigDecimal.ZERO, true, new BigDecimal(Integer.MAX_VALUE));
    static final Bounds DIFFICULTY = new Bounds(BigDecimal.ZERO, false, new BigDecimal("1e24"));
    static final Bounds PERCENT = new Bounds(BigDecimal.ZERO, true, new BigDecimal(100));
    static final Bounds SATOSHI = new Bounds(BigDecimal.ZERO, true, new BigDecimal("2.1e15"));
    /** 2009-01-01 to 2100-01-01: milliseconds taken for seconds fall outside. */
    static final Bounds EPOCH_SECONDS = new Bounds(new BigDecimal("1230768000"), true, new BigDecimal("4102444800"));

    boolean allow(BigDecimal number) {
        int low = number.compareTo(least);
        return (leastAllowed ? low >= 0 : low > 0) && number.compareTo(most) <= 0;
    }
}
