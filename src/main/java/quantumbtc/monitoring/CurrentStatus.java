package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.time.Instant;
import quantumbtc.trade.TradeStatus;

/**
 * Where a trade stands.
 *
 * @param currentPrice of the newest snapshot, USD per BTC; null before the first
 * @param targetsHit   never null
 * @param deviationScore of the newest snapshot, percent; null when unknown
 * @param lastValidated  time of the newest snapshot, else of the last change of status; null when never
 * @param outcome      null while it has none
 */
public record CurrentStatus(TradeStatus status, BigDecimal currentPrice, TargetsHit targetsHit, BigDecimal deviationScore,
                            Boolean phaseShiftDetected, Instant lastValidated, Outcome outcome) {

    /** Which levels were touched after the entry; each null when the trade was never judged here, so that nobody knows. */
    public record TargetsHit(Boolean tp1, Boolean tp2, Boolean tp3, Boolean stopLoss) {

        static final TargetsHit UNKNOWN = new TargetsHit(null, null, null, null);
    }

    /**
     * @param reason     a word of {@code trade_outcomes.reason}
     * @param profitUsd  for $1,000 after costs; null while a part is open or when it cannot be known
     * @param ambiguous  something was decided against the trade because the order within a candle is unknown
     */
    public record Outcome(String reason, Instant enteredAt, BigDecimal entryPrice, BigDecimal exitPrice, BigDecimal profitUsd,
                          boolean ambiguous, boolean singleVenue) {
    }
}
