package quantumbtc.migration;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;

/** Opens, takes over, steers and closes runs. There is at most one open run in a database. */
public final class MigrationRuns {

    private static final Logger log = LoggerFactory.getLogger(MigrationRuns.class);

    private final Database database;
    private final Schema schema;
    private final Plan plan;
    private final CompatView view;
    private final MigrationLog audit;
    private final MigrationSettings settings;
    private final Clock clock;

    public MigrationRuns(Database database, Schema schema, Plan plan, CompatView view, MigrationLog audit, MigrationSettings settings,
                         Clock clock) {
        this.database = database;
        this.schema = schema;
        this.plan = plan;
        this.view = view;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    private record Open(UUID runId, HostProcess process, Instant startedAt, boolean fresh) {
    }

    /**
     * Opens a run, or goes on with the one whose process is gone.
     *
     * @throws Refused when a living process holds an open run, or the legacy table cannot be mapped
     */
    public ActiveRun open() throws SQLException {
        List<String> blockers = plan.blockers();
        if (!blockers.isEmpty()) {
            throw new Refused("the migration is refused: " + String.join("; ", blockers) + ". Nothing was changed.");
        }
        LegacyTable table = database.jdbi().withHandle(handle -> LegacyTable.find(handle, settings.sourceTable()));
        schema.apply();
        view.create();
        HostProcess process = HostProcess.current();
        UUID runId;
        try {
            runId = database.jdbi().inTransaction(handle -> {
                Optional<Open> open = handle.createQuery(Sql.of("migration/find-open-run")).bind("leaseSeconds", settings.lease().toSeconds())
                        .map((row, context) -> new Open(row.getObject("run_id", UUID.class),
                                new HostProcess(row.getString("host"), row.getLong("pid"), Queries.instant(row, "process_started_at")),
                                Queries.instant(row, "started_at"), row.getBoolean("fresh")))
                        .findOne();
                open.ifPresent(this::refuseWhileAlive);
                UUID id = open.map(Open::runId).orElseGet(UUID::randomUUID);
                handle.createUpdate(Sql.of(open.isPresent() ? "migration/take-over-run" : "migration/insert-run"))
                        .bind("runId", id).bind("host", process.host()).bind("pid", process.pid())
                        .bind("processStartedAt", process.startedAt()).bind("workers", settings.workers())
                        .bindMap(open.isPresent() ? Map.of() : Map.of("sourceTable", table.toString(), "throttleFactor", settings.throttleFactor(),
                                "rowsPerSecond", settings.rowsPerSecond()))
                        .execute();
                // Whoever beat for an earlier process of this run is gone: its chunks are free at once.
                handle.execute("DELETE FROM quantum_ops.migration_workers");
                return id;
            });
        } catch (org.jdbi.v3.core.statement.UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
                throw new Refused("another migration run was opened at the same moment. Nothing was changed.", e);
            }
            throw e;
        }
        audit.interrupted(runId);
        ActiveRun run = new ActiveRun(runId, table, settings, process, database, rowsDone(), clock.instant());
        try {
            run.start();
            log.atInfo().addKeyValue("runId", runId).log("run {}: begins to copy {}", runId, table);
            audit.write(runId, "open", "COMPLETED", null, run.openedAt(), null, null,
                    "{\"host\": \"" + process.host() + "\", \"pid\": " + process.pid() + "}");
            return run;
        } catch (SQLException | RuntimeException e) {
            // Nobody will work on it: a heart that went on beating would keep others from it for ever.
            try {
                run.abort(e.getMessage());
            } catch (RuntimeException away) {
                e.addSuppressed(away);
            }
            throw e;
        }
    }

    private void refuseWhileAlive(Open open) {
        if (open.process().isGone() || !open.fresh()) {
            log.atInfo().addKeyValue("runId", open.runId()).log("run {}: its process {} on {} is gone; going on where it was", open.runId(), open.process().pid(), open.process().host());
            return;
        }
        throw new Refused("run " + open.runId() + " is open: process " + open.process().pid() + " on " + open.process().host()
                + " works on it since " + open.startedAt() + ". Wait for it, or end it with: quantum-btc migrate cancel. Nothing was changed.");
    }

    private long rowsDone() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT coalesce(sum(rows_migrated + rows_quarantined), 0)::bigint FROM quantum_ops.migration_chunks")
                .mapTo(Long.class).one());
    }

    /** The run that a query names, else the newest; empty before the first. */
    public Optional<MigrationStatus> status(UUID runId) {
        return database.jdbi().withHandle(handle -> !isThere(handle) ? Optional.empty() : handle.createQuery(Sql.of("migration/read-status"))
                .bind("runId", runId).bind("leaseSeconds", settings.lease().toSeconds())
                .map((row, context) -> MigrationStatus.of(row, settings.stall()))
                .findOne());
    }

    /** The schema is made file by file, so that the first files may be there and the tables of the migration not yet. */
    private static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT to_regclass('quantum_ops.migration_quarantine') IS NOT NULL").mapTo(Boolean.class).one();
    }

    /** For routes: the status of the run in the body, however it is written there. */
    public MigrationStatus statusOf(Object body) {
        UUID runId = body instanceof ActiveRun run ? run.runId()
                : body instanceof UUID id ? id : body == null ? null : Queries.uuid(Map.of("runId", body), "runId");
        return status(runId).orElseThrow(() -> new NoSuchRun(runId));
    }

    public MigrationStatus pause(Object body) {
        return want(body, "PAUSE");
    }

    public MigrationStatus resume(Object body) {
        return want(body, "RUN");
    }

    public MigrationStatus cancel(Object body) {
        return want(body, "CANCEL");
    }

    private MigrationStatus want(Object body, String wanted) {
        MigrationStatus before = statusOf(body);
        int changed = database.jdbi().withHandle(handle -> handle.createUpdate(Sql.of("migration/want-run"))
                .bind("wanted", wanted).bind("runId", before.runId()).execute());
        requireRunning(before, changed);
        if (wanted.equals("CANCEL") && !before.alive()) {
            // Nobody is there to read the wish: the run ends here, its finished chunks stay.
            database.jdbi().useHandle(handle -> handle.execute("UPDATE quantum_ops.migration_runs SET state = 'CANCELLED', "
                    + "finished_at = clock_timestamp() WHERE run_id = ? AND state = 'RUNNING'", before.runId()));
            audit.write(before.runId(), "cancel", "COMPLETED", null, before.startedAt());
        }
        return statusOf(before.runId());
    }

    private static void requireRunning(MigrationStatus before, int changed) {
        if (changed == 0) {
            throw new Refused("run " + before.runId() + " is " + before.state() + ", not running. Nothing was changed.");
        }
    }

    /**
     * New limits for the open run.
     *
     * @param limits factor (0: never throttled), rowsPerSecond (0: no limit), runId; absent ones stay as they are
     */
    public MigrationStatus throttle(Map<String, Object> limits) {
        MigrationStatus before = statusOf(Queries.uuid(limits, "runId"));
        String factor = Queries.text(limits, "factor");
        if (factor != null && !factor.matches("\\d{1,3}(\\.\\d{1,2})?")) {
            throw new IllegalArgumentException("factor must be a number from 0 to 999");
        }
        Integer rows = Queries.text(limits, "rowsPerSecond") == null ? null
                : (int) Queries.number(limits, "rowsPerSecond", 0, 0, 10_000_000);
        int changed = database.jdbi().withHandle(handle -> handle.createUpdate(Sql.of("migration/throttle-run"))
                .bind("factor", factor).bind("rowsPerSecond", rows).bind("runId", before.runId()).execute());
        requireRunning(before, changed);
        return statusOf(before.runId());
    }
}
