package quantumbtc.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;

/**
 * Takes the migration back: writes all that it made into a verified archive file, and drops it in the very transaction
 * that read it. A process that dies on the way leaves everything as it was.
 */
public final class Rollback {

    /** The word without which nothing happens. */
    public static final String CONFIRMATION = "ROLLBACK";

    private static final int CARRY_ROWS = 1_000;
    private static final String STEP = "ROLLBACK";
    private static final String NOTHING_DROPPED = "Nothing was dropped; repeat it when the long transaction on users, "
            + "the legacy table or the Quantum tables has ended.";

    private final Database database;
    private final Schema schema;
    private final LockRetry locks;
    private final Clock clock;
    private final Path archives;
    private final String sourceTable;
    private final int leaseSeconds;
    private final MigrationLog log;

    /**
     * @param dataDirectory the archive goes to its folder {@code archive}
     * @param sourceTable   the legacy table's name as the settings give it
     * @param leaseSeconds  a run that was heard of within this time is alive
     */
    public Rollback(Database database, LockRetry locks, Clock clock, Path dataDirectory, String sourceTable, int leaseSeconds) {
        this.database = database;
        this.schema = new Schema(database, locks);
        this.locks = locks;
        this.clock = clock;
        this.archives = dataDirectory.toAbsolutePath().resolve("archive");
        this.sourceTable = sourceTable;
        this.leaseSeconds = leaseSeconds;
        this.log = new MigrationLog(database, clock);
    }

    /**
     * @param confirmation must be {@link #CONFIRMATION}
     * @throws Refused when it is not confirmed, a run is alive, other objects depend on ours, or locks were not free;
     *                 nothing was dropped then
     */
    public RollbackReport run(String confirmation) {
        if (!CONFIRMATION.equals(confirmation)) {
            throw new Refused("a rollback drops the Quantum tables and needs the exact word " + CONFIRMATION
                    + " to confirm it. Nothing was changed.");
        }
        if (!schema.exists()) {
            return RollbackReport.nothingToDo();
        }
        Instant startedAt = clock.instant();
        database.jdbi().useHandle(this::refuseWhileRunning);
        boolean onRecord = hasLog();
        if (onRecord) {
            // Committed before the archive is written, so that the archive tells of the rollback too.
            log.write(null, STEP, "STARTED", null, startedAt);
        }
        try {
            return archiveAndDrop(startedAt);
        } catch (RuntimeException e) {
            if (onRecord) {
                recordFailure(startedAt, e);
            }
            throw e;
        }
    }

    private RollbackReport archiveAndDrop(Instant startedAt) {
        Path file = PrivateFile.named(archives, "quantum-btc-rollback", startedAt, ".zip");
        try {
            return database.jdbi().inTransaction(handle -> archiveAndDrop(handle, startedAt, file));
        } catch (Refused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException("rollback failed: " + e.getMessage() + (Files.exists(file)
                    ? ". The archive " + file + " is whole and stays. If the connection broke while committing, only a repeat "
                    + "tells whether the tables were dropped: it then says that there is nothing to do."
                    : ". Nothing was dropped."), e);
        }
    }

    private RollbackReport archiveAndDrop(Handle handle, Instant startedAt, Path file) {
        locks.limit(handle);
        OwnObjects own = locks.run("rollback", NOTHING_DROPPED, () -> orAsBefore(handle, () -> hold(handle)));
        Carry.Carried carried = carryBack(handle);
        OnlyInQuantum only = countWhatOnlyQuantumHas(handle);
        ArchiveManifest manifest = ArchiveWriter.write(handle, own.tables(), ArchiveManifest.Kind.ROLLBACK, startedAt, file);
        String sha256;
        try (ArchiveReader readBack = ArchiveReader.verified(file)) {
            sha256 = readBack.sha256();
        }
        // Dropping takes a lock on users and the legacy table for a moment. When one is not free, only the drop is
        // repeated: our tables stay locked meanwhile, so the archive stays complete.
        locks.run("rollback", NOTHING_DROPPED + " The archive " + file + " stays.", () -> orAsBefore(handle, () -> {
            own.drop(handle);
            return null;
        }));
        return new RollbackReport(RollbackReport.Outcome.ROLLED_BACK, file.toString(), sha256, TableRows.of(manifest),
                only.generated(), only.judged(), carried.generated(), carried.judged(), Duration.between(startedAt, clock.instant()).toMillis(), notes(own, only, carried, file));
    }

    /** Takes our tables from everybody else, and makes sure that they can be dropped before the long work begins. */
    private OwnObjects hold(Handle handle) {
        OwnObjects own = OwnObjects.find(handle, sourceTable);
        own.lock(handle);
        refuseWhileRunning(handle);
        handle.savepoint("rehearsal");
        own.drop(handle);
        handle.rollbackToSavepoint("rehearsal");
        return own;
    }

    /**
     * Under the locks, so that nothing is made or judged meanwhile. What the legacy table refuses stays in the archive.
     * A legacy table that is not there, or can no longer be mapped, takes nothing.
     */
    private Carry.Carried carryBack(Handle handle) {
        Carry.Carried all = new Carry.Carried(0, 0, 0);
        boolean able = handle.createQuery("SELECT to_regclass('quantum_ops.carry_failures') IS NOT NULL").mapTo(Boolean.class).one();
        Optional<LegacyTable> legacy = able ? mappable(handle) : Optional.empty();
        if (legacy.isEmpty()) {
            return all;
        }
        SyncControl.mark(handle);
        // The legacy table's own triggers expect their usual path.
        Sql.run(handle, "SET LOCAL search_path = DEFAULT");
        // Each that fails is tried once: it is left alone from then on, and the others go on.
        handle.execute("DELETE FROM quantum_ops.carry_failures");
        Carry carry = new Carry(handle, legacy.get(), Integer.MAX_VALUE);
        for (Carry.Carried some = carry.some(CARRY_ROWS); some.looked() > 0; some = carry.some(CARRY_ROWS)) {
            all = all.plus(some);
        }
        carry.tellLeft();
        Sql.run(handle, "SET LOCAL search_path = pg_catalog");
        return all;
    }

    private Optional<LegacyTable> mappable(Handle handle) {
        try {
            return LegacyTable.findIfPresent(handle, sourceTable);
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    /** A failure leaves the transaction usable, and without the locks that were taken. */
    private static <T> T orAsBefore(Handle handle, Supplier<T> work) {
        handle.savepoint("before");
        try {
            return work.get();
        } catch (RuntimeException e) {
            handle.rollbackToSavepoint("before");
            throw e;
        }
    }

    /**
     * States what the legacy table does not have. It is counted under the lock that the drop needs, so it is exact; what
     * is to be carried back to the legacy table has to be carried back here.
     */
    private OnlyInQuantum countWhatOnlyQuantumHas(Handle handle) {
        boolean known = handle.createQuery("SELECT to_regclass('quantum_ops.generated_trades') IS NOT NULL "
                + "AND to_regclass('quantum_ops.trade_outcomes') IS NOT NULL").mapTo(Boolean.class).one();
        boolean carries = handle.createQuery("SELECT to_regclass('quantum_ops.carry_failures') IS NOT NULL").mapTo(Boolean.class).one();
        if (!known) {
            return new OnlyInQuantum(0, 0, 0, List.of());
        }
        // A schema of before the sync has nothing to tell apart.
        return carries ? handle.createQuery(Sql.of("migration/count-only-in-quantum"))
                .map((row, context) -> new OnlyInQuantum(row.getLong("generated"), row.getLong("judged"), row.getLong("conflicts"),
                        List.of((String[]) row.getArray("reasons").getArray()))).one()
                : handle.createQuery("SELECT (SELECT count(*) FROM quantum_ops.generated_trades), (SELECT count(*) FROM quantum_ops.trade_outcomes)")
                .map((row, context) -> new OnlyInQuantum(row.getLong(1), row.getLong(2), 0, List.of())).one();
    }

    private void refuseWhileRunning(Handle handle) {
        boolean known = handle.createQuery("SELECT to_regclass('quantum_ops.migration_runs') IS NOT NULL").mapTo(Boolean.class).one();
        if (!known) {
            return;
        }
        handle.createQuery(Sql.of("migration/find-live-run")).bind("leaseSeconds", leaseSeconds).mapTo(String.class).findFirst()
                .ifPresent(run -> {
                    throw new Refused("the migration is still at work: " + run + ". Cancel it first; nothing was dropped.");
                });
    }

    /** Never fails itself: what went wrong before is what the user has to hear. */
    private void recordFailure(Instant startedAt, RuntimeException failure) {
        try {
            log.write(null, STEP, "FAILED", failure.getMessage(), startedAt);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean hasLog() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT to_regclass('public.quantum_migration_log') IS NOT NULL").mapTo(Boolean.class).one());
    }

    private static List<String> notes(OwnObjects own, OnlyInQuantum only, Carry.Carried carried, Path file) {
        List<String> notes = new ArrayList<>();
        if (carried.generated() > 0 || carried.judged() > 0) {
            notes.add("Carried back now: " + carried.generated() + " trades made by Quantum and the status of " + carried.judged() + " that it judged.");
        }
        if (only.generated() > 0) {
            notes.add(only.generated() + " trades made by Quantum are in the archive only.");
        }
        if (only.judged() > 0) {
            notes.add(only.judged() + " trades were judged by Quantum; the legacy table has their status from before.");
        }
        only.reasons().forEach(reason -> notes.add("Not carried back: " + reason + "."));
        if (only.conflicts() > 0) {
            notes.add(only.conflicts() + " conflicts were open; the legacy table has ATGE's version, the archive both.");
        }
        own.triggers().forEach(trigger -> notes.add("Dropped our trigger " + trigger + "."));
        notes.add("To undo this: migrate restore " + file);
        return notes;
    }
}
