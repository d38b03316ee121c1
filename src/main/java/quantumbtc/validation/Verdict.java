package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;
import quantumbtc.trade.TradeStatus;

/**
 * What the candles say about a trade.
 *
 * @param status    ACTIVE while neither target nor stop was reached and the time is not over
 * @param reason    null while ACTIVE
 * @param standing  what is known now
 * @param stopAt    start of the candle that reached the stop; null when none did
 * @param exitPrice USD per BTC over all parts of the position, weighted by allocation; null while a part is open, when
 *                  nothing was entered, or when the price at expiry is unknown
 * @param profitUsd for $1,000 after costs; null when exitPrice is
 * @param endedAt   when nothing more can happen to the trade: stop, last target or expiry; null until then.
 *                  A HIT is final only then, as its further targets are still recorded
 * @param refused   the first touch that did not count; null when there was none
 */
public record Verdict(TradeStatus status, Reason reason, Standing standing, Instant stopAt, BigDecimal exitPrice,
                      BigDecimal profitUsd, Instant endedAt, RefusedTouch refused) {

    public boolean isFinal() {
        return endedAt != null;
    }
}
