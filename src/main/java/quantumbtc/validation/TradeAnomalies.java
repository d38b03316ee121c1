package quantumbtc.validation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import quantumbtc.db.Sql;
import quantumbtc.market.Anomaly;
import quantumbtc.market.Severity;

/**
 * Writes what judging found odd, whole and batched. A row's id follows from what was seen, so a repeated run writes it
 * once.
 */
final class TradeAnomalies {

    /** @param tradeId null when it concerns no single trade */
    record Found(Anomaly anomaly, UUID tradeId, String key, Instant at) {

        UUID id() {
            return UUID.nameUUIDFromBytes((anomaly.type() + "/" + tradeId + "/" + key).getBytes(StandardCharsets.UTF_8));
        }
    }

    private TradeAnomalies() {
    }

    static Found refused(UUID tradeId, RefusedTouch touch, Instant now) {
        String description = "at " + touch.at() + " one venue's price passed the level " + touch.level().toPlainString()
                + " (" + touch.seen().toPlainString() + ") while most of " + String.join(", ", touch.venues())
                + " stayed clear of it by more than 1 %";
        return new Found(new Anomaly("VENUE_DISAGREEMENT", Severity.WARNING, description, touch.venues(),
                "The touch does not count; the trade goes on."), tradeId, touch.at().toString(), now);
    }

    /** @return how many were new */
    static long write(Handle handle, List<Found> found) {
        if (found.isEmpty()) {
            return 0;
        }
        PreparedBatch batch = handle.prepareBatch(Sql.of("validation/write-anomaly"));
        for (Found one : found) {
            batch.bind("id", one.id()).bind("type", one.anomaly().type()).bind("severity", one.anomaly().severity().name())
                    .bind("description", one.anomaly().description()).bind("affected", json(one.anomaly().affected()))
                    .bind("impact", one.anomaly().impact()).bindByType("trade_id", one.tradeId(), UUID.class)
                    .bind("detected_at", one.at()).add();
        }
        long written = 0;
        for (int count : batch.execute()) {
            written += Math.max(count, 0);
        }
        return written;
    }

    private static String json(List<String> names) {
        return "[" + String.join(",", names.stream().map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"").toList()) + "]";
    }
}
