package quantumbtc.migration;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/**
 * A run while this process works on it: its heartbeat, what the operator wants of it, its throttle and its progress.
 * It travels through the route as the body and is closed at the end.
 */
public final class ActiveRun implements AutoCloseable, CopyStream.Pace {

    private static final Logger log = LoggerFactory.getLogger(ActiveRun.class);
    private static final double RATE_WINDOW_S = 5;
    private static final double FIRST_RATE_AFTER_S = 2;

    /** What the operator wants. */
    private enum Wanted { RUN, PAUSE, CANCEL }

    private final UUID runId;
    private final UUID worker = UUID.randomUUID();
    private final LegacyTable table;
    private final MigrationSettings settings;
    private final HostProcess process;
    private final Database database;
    private final Throttle throttle;
    private final ScheduledExecutorService heart;
    private final AtomicLong rowsDone;
    private final Instant openedAt;
    private volatile Wanted wanted = Wanted.RUN;
    private volatile boolean lost;
    private volatile boolean careful;
    private volatile String failure;
    private volatile String step = "open";
    /** Null before it is known. */
    private Double rate;
    private long rateRows;
    private long rateNanos = System.nanoTime();

    ActiveRun(UUID runId, LegacyTable table, MigrationSettings settings, HostProcess process, Database database, long rowsDone,
              Instant openedAt) {
        this.runId = runId;
        this.table = table;
        this.settings = settings;
        this.process = process;
        this.database = database;
        this.rowsDone = new AtomicLong(rowsDone);
        this.rateRows = rowsDone;
        this.openedAt = openedAt;
        this.throttle = new Throttle(database, table, settings.throttleFactor());
        this.throttle.set(settings.throttleFactor(), settings.rowsPerSecond());
        this.heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "migration-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to beat and to watch the live writers. */
    void start() throws SQLException {
        database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO quantum_ops.migration_workers (worker_id, run_id, heartbeat_at) VALUES (?, ?, clock_timestamp())", worker, runId));
        throttle.start();
        long everyMs = Math.min(1_000, settings.lease().toMillis() / 5);
        heart.scheduleWithFixedDelay(this::beat, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    public UUID runId() {
        return runId;
    }

    /** When this process opened the run, or took it over. */
    Instant openedAt() {
        return openedAt;
    }

    /** Owner of the chunks that this process leases. */
    UUID worker() {
        return worker;
    }

    LegacyTable table() {
        return table;
    }

    MigrationSettings settings() {
        return settings;
    }

    Throttle throttle() {
        return throttle;
    }

    /** True once ids or users were met that a plain copy stumbles over; from then on each chunk looks first. */
    boolean careful() {
        return careful;
    }

    void becomeCareful() {
        careful = true;
    }

    void step(String step) {
        this.step = step;
        startRate();
    }

    /** Rows read, quarantined ones included; negative when a chunk is given back. */
    void progressed(long rows) {
        rowsDone.addAndGet(rows);
    }

    /** Waits while paused. False when no further chunk shall be begun: cancelled, or taken over by another process. */
    boolean mayGoOn() throws InterruptedException {
        while (wanted == Wanted.PAUSE && !lost) {
            Thread.sleep(200);
        }
        return wanted != Wanted.CANCEL && !lost && failure == null;
    }

    /** True when the work under way shall be given up at once. */
    @Override
    public boolean abandoned() {
        return wanted == Wanted.CANCEL || lost;
    }

    @Override
    public boolean begin() throws InterruptedException {
        return throttle.begin();
    }

    @Override
    public void end(boolean begun, int rows, long nanos) throws InterruptedException {
        throttle.end(begun, rows, nanos);
    }

    boolean cancelled() {
        return wanted == Wanted.CANCEL;
    }

    boolean lost() {
        return lost;
    }

    /** Remembers the first failure; no further chunk is begun. */
    void fail(String cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Why the run fails; null while it does not. */
    String failure() {
        return failure;
    }

    private void beat() {
        try {
            measureRate();
            Optional<String> answer = database.jdbi().withHandle(handle -> {
                handle.execute("UPDATE quantum_ops.migration_workers SET heartbeat_at = clock_timestamp() WHERE worker_id = ?", worker);
                return handle.createQuery(Sql.of("migration/beat-run"))
                        .bind("runId", runId).bind("rowsDone", rowsDone.get()).bind("step", step)
                        .bind("rate", rate()).bind("throttleReason", throttle.reason())
                        .bind("host", process.host()).bind("pid", process.pid()).bind("processStartedAt", process.startedAt())
                        .map((row, context) -> {
                            throttle.set(row.getDouble("throttle_factor"), row.getInt("rows_per_second"));
                            return row.getString("wanted");
                        })
                        .findOne();
            });
            answer.ifPresentOrElse(word -> wanted = Wanted.valueOf(word), () -> lost = true);
        } catch (RuntimeException e) {
            // The lease runs out by itself if this lasts; until then the work goes on.
            log.atWarn().addKeyValue("runId", runId).log("run {}: heartbeat failed: {}", runId, e.getMessage());
        }
    }

    /** The rate belongs to a step: planning chunks says nothing about copying them. */
    private synchronized void startRate() {
        rate = null;
        rateRows = rowsDone.get();
        rateNanos = System.nanoTime();
    }

    private synchronized void measureRate() {
        double seconds = (System.nanoTime() - rateNanos) / 1e9;
        long rows = rowsDone.get() - rateRows;
        if (seconds >= RATE_WINDOW_S) {
            rate = Math.max(0, rows) / seconds;
            rateRows = rowsDone.get();
            rateNanos = System.nanoTime();
        } else if (rate == null && seconds >= FIRST_RATE_AFTER_S) {
            // The first window is shown before it is full; it is measured from the step's begin.
            rate = Math.max(0, rows) / seconds;
        }
    }

    private synchronized Double rate() {
        return rate == null ? null : Math.round(rate * 10) / 10.0;
    }

    /** Closes the run in the database; without effect when another process has taken it over. */
    boolean finish(String state, String failure) {
        heart.shutdownNow();
        return database.jdbi().withHandle(handle -> {
            handle.execute("DELETE FROM quantum_ops.migration_workers WHERE worker_id = ?", worker);
            return handle.createUpdate(Sql.of("migration/finish-run"))
                    .bind("runId", runId).bind("state", state).bind("failure", failure).bind("rowsDone", rowsDone.get()).bind("step", step)
                    .bind("host", process.host()).bind("pid", process.pid()).bind("processStartedAt", process.startedAt())
                    .execute() == 1;
        });
    }

    /** As FAILED, and closes; when the database cannot be told, the run is free as soon as its lease has run out. Safe to repeat. */
    void abort(String failure) {
        try {
            finish("FAILED", failure);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        throttle.close();
    }
}
