package quantumbtc.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import quantumbtc.db.Sql;

/** Writes anomalies into {@code quantum_anomaly_logs}, whole and in one batch. A FATAL one opens a suspension. */
public final class AnomalyLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jdbi jdbi;
    private final int suspensionMinutes;

    /** @param suspensionMinutes how long a FATAL anomaly suspends generation */
    public AnomalyLog(Jdbi jdbi, int suspensionMinutes) {
        this.jdbi = jdbi;
        this.suspensionMinutes = suspensionMinutes;
    }

    /**
     * @param conditions the market as it was, as JSON values; null when not known
     * @param tradeId    null when they concern no single trade
     */
    public void write(List<Anomaly> anomalies, Map<String, ?> conditions, UUID tradeId, Instant detectedAt) {
        if (anomalies.isEmpty()) {
            return;
        }
        String market = conditions == null ? null : json(conditions);
        jdbi.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(Sql.of("market/write-anomaly"));
            for (Anomaly anomaly : anomalies) {
                boolean fatal = anomaly.severity() == Severity.FATAL;
                batch.bind("type", anomaly.type())
                        .bind("severity", anomaly.severity().name())
                        .bind("description", anomaly.description())
                        .bind("affected", json(anomaly.affected()))
                        .bind("impact", anomaly.impact())
                        .bind("suspends", fatal)
                        .bind("minutes", fatal ? suspensionMinutes : null)
                        .bind("tradeId", tradeId)
                        .bind("conditions", market)
                        .bind("detectedAt", detectedAt)
                        .add();
            }
            batch.execute();
        });
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an anomaly's details cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
