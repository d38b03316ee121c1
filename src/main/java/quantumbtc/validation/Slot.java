package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What all venues together say of one span of time. A level was touched when it lies within low and high; what a
 * single venue claims against the majority lies outside of them, but within lowest and highest.
 *
 * @param start    first instant of the span
 * @param end      first instant after it
 * @param open     first price, brought within low and high
 * @param high     highest level that counts as touched
 * @param low      lowest level that counts as touched; above high when the venues agree on nothing
 * @param close    last price, brought within low and high
 * @param highest  highest price that any venue claims
 * @param lowest   lowest price that any venue claims
 * @param venues   who had a candle then, at least one
 */
public record Slot(Instant start, Instant end, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close,
                   BigDecimal highest, BigDecimal lowest, List<String> venues) {

    /** True when the venues are so far apart that no price of the span can be believed. */
    public boolean disputed() {
        return low.compareTo(high) > 0;
    }

    public boolean singleVenue() {
        return venues.size() == 1;
    }

    /** The same span with prices of the opposite sign, on which a short trade is a long one. */
    Slot mirrored() {
        return new Slot(start, end, open.negate(), low.negate(), high.negate(), close.negate(),
                lowest.negate(), highest.negate(), venues);
    }
}
