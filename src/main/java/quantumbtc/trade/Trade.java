package quantumbtc.trade;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One row of {@code btc_trades}, whether generated here or migrated from ATGE.
 *
 * @param symbol           BTC, or what a migrated row says
 * @param targets          three, nearest first; above the entry for a long, below it for a short
 * @param stop             USD per BTC, {@code stop_loss_price}
 * @param maxLossPercent   loss at the stop as percent of the entry, {@code max_loss_percent}
 * @param timeframe        1h, 4h, 1d or 1w; a migrated row may have another word or null
 * @param timeframeHours   null when a migrated row has none
 * @param confidence       percent, 0 to 100; null when a migrated row has none
 * @param reasoning        {@code quantum_reasoning}; never null
 * @param justification    {@code mathematical_justification}; never null
 * @param wavePattern      CONTINUATION, BREAK or UNCERTAIN
 * @param dataQuality      purity, 0 to 100; null when unknown
 * @param proofs           {@code cross_api_proof}; empty for a migrated row
 * @param triggers         {@code historical_triggers}; empty for a migrated row
 * @param lastValidatedAt  null when it was never judged
 */
public record Trade(UUID id, UUID userId, String symbol, EntryZone entry, List<Target> targets, BigDecimal stop,
                    BigDecimal maxLossPercent, String timeframe, Integer timeframeHours, Integer confidence,
                    String reasoning, String justification, String wavePattern, Integer dataQuality, List<Proof> proofs,
                    List<Trigger> triggers, TradeStatus status, Instant generatedAt, Instant expiresAt,
                    Instant lastValidatedAt) {

    /** @throws IllegalArgumentException when there are not three targets */
    public Trade {
        targets = List.copyOf(targets);
        proofs = List.copyOf(proofs);
        triggers = List.copyOf(triggers);
        if (targets.size() != 3) {
            throw new IllegalArgumentException("trade " + id + " has " + targets.size() + " targets; it needs three");
        }
    }

    public Direction direction() {
        return Direction.of(entry.optimal(), targets.get(0).price());
    }

    /** The same trade in other words. */
    public Trade withReasoning(String words) {
        return new Trade(id, userId, symbol, entry, targets, stop, maxLossPercent, timeframe, timeframeHours, confidence,
                words, justification, wavePattern, dataQuality, proofs, triggers, status, generatedAt, expiresAt, lastValidatedAt);
    }
}
