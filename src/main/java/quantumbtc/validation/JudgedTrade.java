package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;
import quantumbtc.trade.TradeStatus;

/**
 * What the performance of a finished trade is counted from.
 *
 * @param endedAt    when nothing more could happen to it: stop, last target or expiry
 * @param timeframe  as {@code btc_trades.timeframe} has it; null when a migrated row has none
 * @param status     HIT, NOT_HIT, INVALIDATED or EXPIRED
 * @param confidence percent as stated on the trade; null when a migrated row has none
 * @param profitUsd  for a stake of $1,000, after costs; null when the trade was not entered or its end has no price
 * @param holdUsd    what buying $1,000 of Bitcoin at generation and selling at the end had brought after the same costs;
 *                   null when unknown
 * @param baseRate   part of random entries with the same geometry that were hit, 0 to 1; null when unknown
 */
public record JudgedTrade(Instant generatedAt, Instant endedAt, String timeframe, TradeStatus status, Integer confidence,
                          BigDecimal profitUsd, BigDecimal holdUsd, Double baseRate) {

    boolean hit() {
        return status == TradeStatus.HIT;
    }
}
