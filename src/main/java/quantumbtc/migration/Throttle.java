package quantumbtc.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;

/**
 * Keeps the copy from being felt. While nobody else writes to the legacy table or to users, the workers run freely.
 * As soon as somebody does, one worker works at a time and rests in between, so much that a small commit of our own
 * (the same that a live writer does) stays within the allowed multiple of what it cost before the copy began.
 */
final class Throttle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Throttle.class);

    private static final String PROBE = "UPDATE quantum_ops.throttle_probe SET beat_at = clock_timestamp() WHERE id = 1";
    private static final int PROBES_KEPT = 50;
    private static final long PROBE_EVERY_MS = 15;
    private static final long WRITERS_EVERY_MS = 500;
    private static final int BASELINE_PROBES = 60;
    private static final long BETWEEN_BASELINE_PROBES_NANOS = 5_000_000;
    private static final int PROBES_A_STEP = 10;
    private static final long QUIET_NANOS = 5_000_000_000L;
    /** Until the server's counts can be believed, others are taken to write: sparing nobody costs less than hurting somebody. */
    private static final long DOUBT_NANOS = 1_500_000_000L;
    private static final double FIRST_SPEED = 0.2;
    private static final double SLOWEST = 0.02;
    /** However patient the writers are, each of their commits also flushes what the copy has written since the last one. */
    private static final double FASTEST_BESIDE_OTHERS = 0.3;
    private static final double STEP_DOWN = 0.7;
    private static final double STEP_UP = 0.03;
    private static final long LONGEST_REST_MS = 1_000;
    /** A commit that is faster than this is not felt, whatever multiple of the idle one it is. */
    private static final double UNFELT_MS = 1.5;

    private final Database database;
    private final LegacyTable table;
    private final Semaphore turn = new Semaphore(1, true);
    private final Thread thread;
    private final double[] probes = new double[PROBES_KEPT];
    private int probeCount;
    private double idleMs;
    private double feltMs;
    private long writes = -1;
    private long doubtUntil;
    private volatile long lastWrite;
    private volatile boolean othersWrite = true;
    private volatile double speed = FIRST_SPEED;
    private volatile double factor;
    private volatile int rowsPerSecond;
    private volatile boolean closed;
    private long paceFrom = System.nanoTime();
    private long paceRows;

    /** @param factor allowed multiple of the idle commit's latency; 0: never throttled */
    Throttle(Database database, LegacyTable table, double factor) {
        this.database = database;
        this.table = table;
        this.factor = factor;
        this.thread = new Thread(this::watch, "migration-throttle");
        this.thread.setDaemon(true);
    }

    /** Learns what a small commit costs, and whether anybody else writes, before the copy begins; then watches. Takes about half a second. */
    void start() throws SQLException {
        database.jdbi().useHandle(handle -> {
            try (PreparedStatement probe = handle.getConnection().prepareStatement(PROBE)) {
                learn(handle, probe);
            }
        });
        thread.start();
    }

    /** New limits, from the operator. */
    void set(double factor, int rowsPerSecond) {
        this.factor = factor;
        if (this.rowsPerSecond != rowsPerSecond) {
            synchronized (this) {
                paceFrom = System.nanoTime();
                paceRows = 0;
            }
        }
        this.rowsPerSecond = rowsPerSecond;
    }

    /** True while live writers have to be spared. */
    boolean sparesOthers() {
        return othersWrite && factor > 0;
    }

    /**
     * Makes the rest of the transaction leave the others a processor and the disk: no parallel workers, pauses while a table
     * is analysed, and written pages handed to the disk bit by bit instead of in one burst half a minute later. Without
     * effect while nobody has to be spared.
     */
    void spare(Handle handle) {
        if (sparesOthers()) {
            handle.execute("SELECT set_config('max_parallel_workers_per_gather', '0', true), set_config('max_parallel_maintenance_workers', '0', true), "
                    + "set_config('vacuum_cost_delay', '2ms', true), set_config('backend_flush_after', '1MB', true)");
        }
    }

    /** Called before each slice of work; while others write it lets one worker through at a time. */
    boolean begin() throws InterruptedException {
        boolean alone = sparesOthers();
        if (alone) {
            turn.acquire();
        }
        return alone;
    }

    /**
     * Called after each slice; rests as long as the speed demands.
     *
     * @param alone what {@link #begin()} answered
     * @param rows  rows of the slice
     * @param nanos what the slice took
     */
    void end(boolean alone, int rows, long nanos) throws InterruptedException {
        try {
            long rest = pace(rows);
            if (alone) {
                rest = Math.max(rest, (long) (nanos * (1 / speed - 1)));
            }
            if (rest > 50_000) {
                long bounded = Math.min(rest, LONGEST_REST_MS * 1_000_000);
                Thread.sleep(bounded / 1_000_000, (int) (bounded % 1_000_000));
            }
        } finally {
            if (alone) {
                turn.release();
            }
        }
    }

    private synchronized long pace(int rows) {
        if (rowsPerSecond == 0) {
            return 0;
        }
        paceRows += rows;
        long due = paceFrom + (long) (paceRows * 1e9 / rowsPerSecond);
        return due - System.nanoTime();
    }

    /** Why the copy is slower than it could be; null when it is not. */
    String reason() {
        if (sparesOthers() && lastWrite != 0) {
            return String.format(Locale.ROOT, "others write: a commit takes %.1f ms (idle %.1f, allowed %.1f), speed %d %%",
                    feltMs, idleMs, allowedMs(), Math.round(speed * 100));
        }
        return rowsPerSecond > 0 ? "limited to " + rowsPerSecond + " rows a second" : null;
    }

    private double allowedMs() {
        return Math.max(UNFELT_MS, idleMs * factor);
    }

    private void watch() {
        try (Connection connection = database.dataSource().getConnection();
             PreparedStatement probe = connection.prepareStatement(PROBE);
             PreparedStatement count = connection.prepareStatement(
                     "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables "
                             + "WHERE (schemaname = ? AND relname = ?) OR (schemaname = 'public' AND relname = 'users')")) {
            count.setString(1, table.schema());
            count.setString(2, table.name());
            long nextCount = 0;
            while (!closed) {
                if (System.currentTimeMillis() >= nextCount) {
                    lookForWriters(count);
                    nextCount = System.currentTimeMillis() + WRITERS_EVERY_MS;
                }
                if (sparesOthers()) {
                    adapt(probe(probe));
                }
                Thread.sleep(PROBE_EVERY_MS);
            }
        } catch (SQLException e) {
            if (!closed) {
                // Without a probe nothing is known of the writers, so they are spared as if they suffered.
                othersWrite = true;
                speed = SLOWEST;
                log.warn("the throttle lost its connection and holds the copy at its slowest: {}", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Each writing transaction of the whole server takes a number of its own. When our probes have taken all there were,
     * nobody else writes; else it takes the server's counts to know whether it is these tables that are written.
     */
    private void learn(Handle handle, PreparedStatement probe) throws SQLException {
        double[] idle = new double[BASELINE_PROBES];
        long before = transactions(handle);
        for (int i = 0; i < BASELINE_PROBES; i++) {
            idle[i] = probe(probe);
            LockSupport.parkNanos(BETWEEN_BASELINE_PROBES_NANOS);
        }
        idleMs = percentile(idle, BASELINE_PROBES, 0.9);
        othersWrite = transactions(handle) - before > BASELINE_PROBES;
        doubtUntil = othersWrite ? System.nanoTime() + DOUBT_NANOS : System.nanoTime();
    }

    private static long transactions(Handle handle) {
        return handle.createQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").mapTo(Long.class).one();
    }

    private double probe(PreparedStatement statement) throws SQLException {
        long from = System.nanoTime();
        statement.executeUpdate();
        return (System.nanoTime() - from) / 1e6;
    }

    private void lookForWriters(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            long now = row.getLong(1);
            if (writes >= 0 && now != writes) {
                lastWrite = System.nanoTime();
            }
            writes = now;
            // The server reports its counts about once a second, so one quiet look does not mean that they have stopped.
            long nanos = System.nanoTime();
            othersWrite = nanos < doubtUntil || lastWrite != 0 && nanos - lastWrite < QUIET_NANOS;
        }
    }

    private void adapt(double ms) {
        probes[probeCount++ % PROBES_KEPT] = ms;
        feltMs = percentile(probes, Math.min(probeCount, PROBES_KEPT), 0.95);
        if (probeCount % PROBES_A_STEP == 0) {
            speed = feltMs > allowedMs() ? Math.max(SLOWEST, speed * STEP_DOWN) : Math.min(FASTEST_BESIDE_OTHERS, speed + STEP_UP);
        }
    }

    private static double percentile(double[] values, int count, double part) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, Math.ceil(part * count) - 1)];
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
