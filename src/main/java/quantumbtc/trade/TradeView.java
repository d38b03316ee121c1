package quantumbtc.trade;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A trade under the names that clients know. Prices in USD per BTC.
 *
 * @param crossApiProof what each source said of the price; sources that say nothing of it are left out
 */
public record TradeView(UUID id, @JsonProperty("user_id") UUID userId, String symbol, Direction direction, EntryZone entryZone,
                        Targets targets, StopLoss stopLoss, String timeframe, Integer timeframeHours, Integer confidence,
                        String quantumReasoning, String mathematicalJustification, String wavePatternCollapse,
                        Integer dataQualityScore, @JsonProperty("crossAPIProof") List<Proof> crossApiProof,
                        List<Trigger> historicalTriggers, TradeStatus status, Instant generatedAt, Instant expiresAt,
                        Instant lastValidatedAt) {

    /** Nearest first. */
    public record Targets(Target tp1, Target tp2, Target tp3) {
    }

    /** @param maxLossPercent loss at the stop as percent of the entry */
    public record StopLoss(BigDecimal price, BigDecimal maxLossPercent) {
    }

    public static TradeView of(Trade trade) {
        List<Target> targets = trade.targets();
        return new TradeView(trade.id(), trade.userId(), trade.symbol(), trade.direction(), trade.entry(),
                new Targets(targets.get(0), targets.get(1), targets.get(2)), new StopLoss(trade.stop(), trade.maxLossPercent()),
                trade.timeframe(), trade.timeframeHours(), trade.confidence(), trade.reasoning(), trade.justification(),
                trade.wavePattern(), trade.dataQuality(),
                trade.proofs().stream().filter(proof -> proof.price() != null).toList(), trade.triggers(), trade.status(), trade.generatedAt(),
                trade.expiresAt(), trade.lastValidatedAt());
    }
}
