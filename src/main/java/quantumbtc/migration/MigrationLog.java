package quantumbtc.migration;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** The audit log of the migration. Each row is committed on its own, so that it survives what it reports on. */
public final class MigrationLog {

    /** Version of the mapping that this program does. */
    public static final String VERSION = "1.0.0";

    private final Database database;
    private final Clock clock;

    public MigrationLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One row of the log.
     *
     * @param recordsMigrated    null when the step counts none
     * @param recordsQuarantined null when the step counts none
     * @param completedAt        null while the step goes on
     */
    public record Entry(long id, UUID runId, String step, Long recordsMigrated, Long recordsQuarantined, String migrationStatus,
                        String errorMessage, String details, Instant startedAt, Instant completedAt) {
    }

    /** Runs a step between a row that says it began and one that says how it ended; an exception is logged and passed on. */
    public <T> T step(UUID runId, String step, Callable<T> work) throws Exception {
        Instant began = clock.instant();
        write(runId, step, "STARTED", null, began);
        try {
            T result = work.call();
            write(runId, step, "COMPLETED", null, began);
            return result;
        } catch (Exception | Error e) {
            write(runId, step, "FAILED", String.valueOf(e.getMessage()), began);
            throw e;
        }
    }

    /** @param error null when there is none */
    public void write(UUID runId, String step, String status, String error, Instant startedAt) {
        write(runId, step, status, error, startedAt, null, null, "{}");
    }

    /**
     * @param migrated    null when the step counts none
     * @param quarantined null when the step counts none
     * @param details     a JSON object
     */
    public void write(UUID runId, String step, String status, String error, Instant startedAt, Long migrated, Long quarantined,
                      String details) {
        database.jdbi().useHandle(handle -> handle.createUpdate(Sql.of("migration/insert-log"))
                .bind("version", VERSION).bind("runId", runId).bind("step", step).bind("status", status).bind("error", error)
                .bind("migrated", migrated).bind("quarantined", quarantined).bind("details", details)
                .bind("startedAt", startedAt)
                .execute());
    }

    /** Completes the log of a run whose process was killed: steps that never ended, chunks that were not written down. */
    void interrupted(UUID runId) {
        database.jdbi().useHandle(handle -> {
            handle.createUpdate(Sql.of("migration/insert-missing-chunk-log")).bind("version", VERSION).bind("runId", runId).execute();
            handle.createUpdate(Sql.of("migration/insert-interrupted-log")).bind("runId", runId).execute();
        });
    }

    /**
     * A page of the log.
     *
     * @param query runId (null: all runs), step (null: all steps), order (newest: the newest first; else the oldest), after (id of
     *              the last row seen, default 0; only with the oldest first), limit (1 to 1,000, default 100)
     */
    public List<Entry> list(Map<String, Object> query) {
        return database.jdbi().withHandle(handle -> inOrder(handle, query)
                .bind("runId", Queries.uuid(query, "runId"))
                .bindByType("step", Queries.text(query, "step"), String.class)
                .bind("limit", Queries.number(query, "limit", 100, 1, 1_000))
                .map((row, context) -> entry(row))
                .list());
    }

    private static Query inOrder(Handle handle, Map<String, Object> query) {
        return "newest".equals(Queries.text(query, "order")) ? handle.createQuery(Sql.of("migration/list-newest-log"))
                : handle.createQuery(Sql.of("migration/list-log")).bind("after", Queries.number(query, "after", 0, 0, Long.MAX_VALUE));
    }

    private static Entry entry(java.sql.ResultSet row) throws SQLException {
        return new Entry(row.getLong("id"), row.getObject("run_id", UUID.class), row.getString("step"),
                row.getObject("records_migrated", Long.class), row.getObject("records_quarantined", Long.class),
                row.getString("migration_status"), row.getString("error_message"), row.getString("details"),
                Queries.instant(row, "started_at"), Queries.instant(row, "completed_at"));
    }
}
