package quantumbtc.migration;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;

/**
 * Keeps both systems alike while both live. Changes of the legacy table are noted by triggers in the writer's own
 * transaction and applied here; trades made or judged by Quantum are carried back. Each change is applied exactly once:
 * taking it and writing what it leads to is one transaction, and one process at a time does it.
 */
public final class Sync {

    private static final int CARRY_ROWS = 200;
    private static final int CARRY_PATIENCE_S = 600;
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(2);

    private final Database database;
    private final Schema schema;
    private final MigrationSettings settings;
    private final Capture capture;
    private final boolean follows;
    private final int batchRows;
    private final Clock clock;
    private final ContinuousVerification verification;
    private volatile long carryNotBefore = System.nanoTime();

    /**
     * @param follows   whether a run of the migration turns the sync on before it copies anything
     * @param batchRows most changes that are applied in one transaction
     * @param verification finds what was changed while nobody noted
     */
    public Sync(Database database, Schema schema, LockRetry locks, MigrationSettings settings, boolean follows, int batchRows,
                ContinuousVerification verification, Clock clock) {
        this.database = database;
        this.schema = schema;
        this.settings = settings;
        this.capture = new Capture(locks);
        this.follows = follows;
        this.batchRows = batchRows;
        this.verification = verification;
        this.clock = clock;
    }

    /** Before the first chunk is read: from here on no change can fall between copy and sync. */
    public ActiveRun follow(ActiveRun run) {
        if (follows) {
            run.step("capture changes");
            capture.install(database.jdbi(), run.table());
        }
        return run;
    }

    /** After the last chunk: what was changed while the run went on is applied. */
    public ActiveRun catchUp(ActiveRun run) {
        if (follows && run.failure() == null && !run.cancelled() && !run.lost()) {
            run.step("apply changes");
            if (isOn()) {
                drain();
            }
        }
        return run;
    }

    /** @throws Refused when the migration has not begun */
    public SyncStatus status() {
        requireTables();
        boolean capturing = database.jdbi().withHandle(handle -> LegacyTable.findIfPresent(handle, settings.sourceTable())
                .map(table -> Capture.isWhole(handle, table)).orElse(false));
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("migration/read-sync"))
                .map((row, context) -> new SyncStatus(row.getString("state"), capturing, row.getLong("pending"), row.getBigDecimal("lag_seconds"),
                        row.getLong("open_conflicts"), row.getLong("carry_pending"), row.getLong("carry_failures"),
                        row.getString("carry_failure"), row.getLong("capture_failures"),
                        row.getObject("settled_differences", Long.class), Queries.instant(row, "installed_at"), Queries.instant(row, "applied_until"),
                        Queries.instant(row, "last_applied_at"), Queries.instant(row, "verified_at"),
                        row.getString("failure").isEmpty() ? null : row.getString("failure"))).one());
    }

    /** For the timer: does nothing while the sync is off or paused, or another process is at it. */
    public int tick() {
        if (!isThere() || !isOn()) {
            return 0;
        }
        int all = 0;
        // What comes meanwhile waits for the next tick: many small transactions would cost the writers more than it is worth.
        for (int applied = hasWork() ? batch(false) : 0; applied > 0; applied = applied < batchRows ? 0 : batch(false)) {
            all += applied;
        }
        all += carryWhenDue();
        recovered();
        return all;
    }

    /** What did not go on, for want of a connection or a lock perhaps, does so again. */
    private void recovered() {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE quantum_ops.sync_control SET failure = NULL, failed_at = NULL "
                + "WHERE id = 1 AND failure IS NOT NULL"));
    }

    private int carryWhenDue() {
        if (System.nanoTime() - carryNotBefore < 0) {
            return 0;
        }
        long began = System.nanoTime();
        int carried = carry(false);
        long took = System.nanoTime() - began;
        // Statuses of ATGE's users stay where they are and are looked at again each time: seldom, when they are many.
        carryNotBefore = System.nanoTime() + (carried > 0 ? 0 : 10 * took);
        return carried;
    }

    /** Writes trades and statuses of Quantum to the legacy table, some at a time, until none is left that can be written. */
    private int carry(boolean waits) {
        int all = 0;
        for (Carry.Carried some = carryBatch(waits); some.looked() > 0; some = carryBatch(waits)) {
            all += some.generated() + some.judged();
            if (some.looked() < CARRY_ROWS) {
                break;
            }
        }
        return all;
    }

    private Carry.Carried carryBatch(boolean waits) {
        if (!hasToCarry()) {
            return new Carry.Carried(0, 0, 0);
        }
        return database.jdbi().inTransaction(handle -> {
            Optional<String> state = waits ? Optional.of(SyncControl.hold(handle)) : SyncControl.holdIfFree(handle);
            return state.equals(Optional.of("ON"))
                    ? new Carry(handle, LegacyTable.find(handle, settings.sourceTable()), CARRY_PATIENCE_S).some(CARRY_ROWS)
                    : new Carry.Carried(0, 0, 0);
        });
    }

    private boolean hasToCarry() {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("migration/has-to-carry")).mapTo(Boolean.class).one());
    }

    /**
     * Applies some changes, oldest first, as soon as no other process does.
     *
     * @return how many; 0 when none can be applied
     * @throws Refused when the sync is off or paused
     */
    public int applyBatch() {
        requireTables();
        requireOn();
        return batch(true);
    }

    /**
     * Applies whatever had been changed when this was called.
     *
     * @return how many changes; 0 also when the sync is off, because nothing is noted then
     * @throws Refused when the sync is paused, or changes come faster than they are applied
     */
    public int drain() {
        if (!isThere() || state().equals("OFF")) {
            return 0;
        }
        requireOn();
        long newest = newest();
        Instant giveUp = clock.instant().plus(LONGEST_DRAIN);
        int all = 0;
        boolean truncated = truncated();
        for (int applied = batch(true); applied > 0; applied = batch(true)) {
            all += applied;
            // A truncation is noted as one change, and becomes as many as there were trades.
            newest = truncated ? newest() : newest;
            truncated = truncated();
            if (isPast(newest)) {
                return all;
            }
            if (clock.instant().isAfter(giveUp)) {
                throw new Refused("the sync could not apply all changes within " + LONGEST_DRAIN.toSeconds() + " s; what it applied stays");
            }
        }
        return all;
    }

    /** As {@link #drain}, for a person who waits for it. */
    public SyncStatus applyAll() {
        requireTables();
        requireOn();
        drain();
        carry(true);
        recovered();
        return status();
    }

    private long newest() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT coalesce(max(seq), 0) FROM quantum_ops.change_queue")
                .mapTo(Long.class).one());
    }

    private boolean truncated() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.change_queue WHERE legacy_id IS NULL)")
                .mapTo(Boolean.class).one());
    }

    private boolean isPast(long seq) {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM quantum_ops.change_queue WHERE seq <= ?)")
                .bind(0, seq).mapTo(Boolean.class).one());
    }

    private boolean hasWork() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.change_queue)")
                .mapTo(Boolean.class).one());
    }

    /** @param waits false: another process that is at it may go on alone */
    private int batch(boolean waits) {
        // Sessions of its own: the caller may be in a transaction, which this must not join.
        try (Connection reader = database.dataSource().getConnection(); Handle session = database.jdbi().open()) {
            return session.<Integer, Exception>inTransaction(writer -> {
                Optional<String> state = waits ? Optional.of(SyncControl.hold(writer)) : SyncControl.holdIfFree(writer);
                if (!state.equals(Optional.of("ON"))) {
                    return 0;
                }
                LegacyTable table = LegacyTable.find(Jdbi.open(reader), settings.sourceTable());
                return new ChangeBatch(writer, table, settings).apply(reader, batchRows);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncBusy("the sync was interrupted");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("changes could not be applied and stay noted: " + e.getMessage(), e);
        }
    }

    /** For the timer: compares the next segments, while the sync is on. */
    public void verifySome() {
        if (isThere() && isOn()) {
            verification.some(table());
        }
    }

    /** Writes down why the sync does not go on, where every process sees it. Fails only when the database is away. */
    public void failed(Exception cause) {
        if (isThere()) {
            database.jdbi().useHandle(handle -> handle.execute("UPDATE quantum_ops.sync_control SET failure = ?, "
                    + "failed_at = coalesce(failed_at, clock_timestamp()) WHERE id = 1", Sql.firstLine(cause)));
        }
    }

    /** Changes are noted on and no longer applied. */
    public SyncStatus pause() {
        return change("ON", "PAUSED");
    }

    public SyncStatus resume() {
        return change("PAUSED", "ON");
    }

    private SyncStatus change(String from, String to) {
        requireTables();
        int changed = database.jdbi().withHandle(handle -> handle.createUpdate("UPDATE quantum_ops.sync_control SET state = :to WHERE id = 1 AND state = :from")
                .bind("to", to).bind("from", from).execute());
        if (changed == 0 && !state().equals(to)) {
            throw new Refused("the sync is " + state() + ", not " + from + ". Nothing was changed.");
        }
        return status();
    }

    /** Notes changes from now on. What was changed while nobody noted is found by the verification that follows. */
    public SyncStatus on() {
        requireTables();
        LegacyTable table = table();
        capture.install(database.jdbi(), table);
        // A round names a part of many differences, so it is repeated as long as that helps.
        long before = Long.MAX_VALUE;
        for (long found = verification.everything(table); found > 0 && found <= before; found = verification.everything(table)) {
            before = drain() == 0 ? -1 : found;
        }
        return status();
    }

    /** Applies what is noted, and notes nothing more. */
    public SyncStatus off() {
        requireTables();
        if (isOn()) {
            drain();
        }
        capture.remove(database.jdbi(), table());
        return status();
    }

    private LegacyTable table() {
        return database.jdbi().withHandle(handle -> LegacyTable.find(handle, settings.sourceTable()));
    }

    private String state() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT state FROM quantum_ops.sync_control WHERE id = 1")
                .mapTo(String.class).one());
    }

    private boolean isOn() {
        return state().equals("ON");
    }

    private boolean isThere() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT to_regclass('quantum_ops.carry_failures') IS NOT NULL")
                .mapTo(Boolean.class).one());
    }

    private void requireTables() {
        if (!isThere()) {
            throw new Refused("there is nothing to sync: the Quantum tables are absent or of an older version; migrate run makes them. Nothing was changed.");
        }
    }

    private void requireOn() {
        String state = state();
        if (!state.equals("ON")) {
            throw new Refused("the sync is " + state + "; " + (state.equals("OFF") ? "turn it on with: quantum-btc sync on"
                    : "let it go on with: quantum-btc sync resume") + ". Nothing was changed.");
        }
    }
}
