package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What judging knows of a trade so far, so that it goes on where it stopped.
 *
 * @param judgedUntil  candles that end by then were looked at; null when the trade was never judged
 * @param cameFrom     where the price lay at first; null until a candle was seen
 * @param enteredAt    start of the candle that touched the entry zone; null until then
 * @param entryPrice   USD per BTC that the position was opened at; null until then
 * @param target1At    start of the candle that reached the target; null until then
 * @param ambiguous    true when something was decided against the trade because the order within a candle is unknown
 * @param singleVenue  true when a touch that counted was seen at a time when only one venue had a candle
 */
public record Standing(Instant judgedUntil, Side cameFrom, Instant enteredAt, BigDecimal entryPrice, Instant target1At,
                       Instant target2At, Instant target3At, boolean ambiguous, boolean singleVenue) {

    /** Of a trade that was never judged. */
    public static final Standing NONE = new Standing(null, null, null, null, null, null, null, false, false);

    /** The same facts as known at another time. */
    public Standing at(Instant until) {
        return new Standing(until, cameFrom, enteredAt, entryPrice, target1At, target2At, target3At, ambiguous, singleVenue);
    }
}
