package quantumbtc.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** Writes a row of quantum_migration_log in a transaction of its own, so that it survives what it reports on. */
final class StepLog {

    private static final Logger log = LoggerFactory.getLogger(StepLog.class);

    private final Database database;
    private final Clock clock;

    StepLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void started(String step, Instant at) {
        write(step, "STARTED", null, Map.of(), at, null);
    }

    void completed(String step, Instant startedAt, Map<String, ?> details) {
        write(step, "COMPLETED", null, details, startedAt, clock.instant());
    }

    /** Never fails itself: what went wrong before is what the user has to hear. */
    void failed(String step, Instant startedAt, Throwable cause) {
        try {
            write(step, "FAILED", cause.getMessage(), Map.of(), startedAt, clock.instant());
        } catch (RuntimeException e) {
            log.warn("the failure of {} could not be put on record: {}", step, e.getMessage());
        }
    }

    private void write(String step, String status, String error, Map<String, ?> details, Instant startedAt, Instant completedAt) {
        try {
            String json = new ObjectMapper().writeValueAsString(details);
            database.jdbi().useTransaction(handle -> handle.createUpdate(Sql.of("migration/write-step-log"))
                    .bind("step", step).bind("status", status).bind("error", error).bind("details", json)
                    .bind("startedAt", utc(startedAt)).bind("completedAt", completedAt == null ? null : utc(completedAt))
                    .execute());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("details of step " + step + " cannot be written as JSON", e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
