package quantumbtc.migration;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;
import quantumbtc.migration.ArchiveManifest.ArchivedTable;

/** Brings back what a rollback dropped, from its archive file: all of it or nothing. */
public final class Restore {

    private static final Logger log = LoggerFactory.getLogger(Restore.class);
    private static final String STEP = "RESTORE";

    private final Database database;
    private final Schema schema;
    private final LockRetry locks;
    private final CompatView view;
    private final Clock clock;
    private final String sourceTable;
    private final MigrationLog stepLog;

    /** @param sourceTable the legacy table's name as the settings give it */
    public Restore(Database database, LockRetry locks, Clock clock, String sourceTable) {
        this.database = database;
        this.schema = new Schema(database, locks);
        this.locks = locks;
        this.view = new CompatView(database, locks, sourceTable);
        this.clock = clock;
        this.sourceTable = sourceTable;
        this.stepLog = new MigrationLog(database, clock);
    }

    /** For routes: as {@link #run(Path)}, the file named in the request. */
    public RestoreReport restore(Map<String, Object> request) {
        String file = Queries.text(request, "file");
        if (file == null) {
            throw new IllegalArgumentException("file is needed: the archive that rollback wrote");
        }
        return run(Path.of(file));
    }

    /**
     * @throws Refused when the archive is not whole, was not made by a rollback or by a newer program, when our tables
     *                 are already there, or a trade's user is gone; nothing was changed then
     */
    public RestoreReport run(Path file) {
        Instant startedAt = clock.instant();
        try (ArchiveReader archive = ArchiveReader.verified(file.toAbsolutePath())) {
            refuseUnfit(archive);
            refuseForeign(archive);
            database.jdbi().useHandle(Restore::refuseWhenPresent);
            database.jdbi().useHandle(handle -> MissingUsers.refuse(handle, archive));
            ArchiveManifest manifest = archive.manifest();
            try {
                schema.apply(manifest.schemaVersion());
                database.jdbi().useTransaction(handle -> load(handle, archive));
            } catch (RuntimeException e) {
                takeBack(e);
                throw new IllegalStateException("restore of " + file + " failed: " + e.getMessage(), e);
            }
            List<TableRows> restored = TableRows.of(manifest);
            long tookMs = Duration.between(startedAt, clock.instant()).toMillis();
            stepLog.write(null, STEP, "COMPLETED", null, startedAt, null, null, "{\"sha256\": \"" + archive.sha256() + "\"}");
            return new RestoreReport(archive.file().toString(), archive.sha256(), manifest.schemaVersion(), restored,
                    manifest.compatView(), tookMs);
        }
    }

    private void load(Handle handle, ArchiveReader archive) {
        locks.limit(handle);
        Sql.run(handle, "SET LOCAL statement_timeout = 0");
        new TableLoad(handle, archive).run();
        if (archive.manifest().compatView()) {
            view.create(handle);
        }
    }

    private void refuseUnfit(ArchiveReader archive) {
        ArchiveManifest manifest = archive.manifest();
        if (manifest.kind() != ArchiveManifest.Kind.ROLLBACK || manifest.schemaVersion() == null) {
            throw new Refused("archive " + archive.file() + " was made by " + manifest.kind() + " and not by a rollback; its "
                    + "entries are COPY text and can be loaded by hand. Nothing was changed.");
        }
        if (!schema.knows(manifest.schemaVersion())) {
            throw new Refused("archive " + archive.file() + " has schema version " + manifest.schemaVersion()
                    + ", which this program does not know; use the program that made it, or a newer one. Nothing was changed.");
        }
    }

    /** Loading begins with emptying the tables named, so a manifest must not name a table that is not ours. */
    private static void refuseForeign(ArchiveReader archive) {
        List<String> foreign = Stream.concat(
                archive.manifest().tables().stream().filter(table -> !OwnObjects.owns(table.schema(), table.name())).map(ArchivedTable::quoted),
                archive.manifest().sequences().stream().filter(sequence -> !OwnObjects.owns(sequence.schema(), sequence.name()
                        .replaceFirst("_id_seq$", ""))).map(sequence -> sequence.schema() + "." + sequence.name())).toList();
        if (!foreign.isEmpty()) {
            throw new Refused("archive " + archive.file() + " names what is not the migration's: " + String.join(", ", foreign)
                    + ". Nothing was changed.");
        }
    }

    private static void refuseWhenPresent(Handle handle) {
        List<String> present = handle.createQuery(Sql.of("migration/find-present"))
                .bindArray("public", String.class, OwnObjects.PUBLIC_TABLES).mapTo(String.class).list();
        if (!present.isEmpty()) {
            throw new Refused("a restore needs a database without the Quantum tables, but these are there: "
                    + String.join(", ", present) + ". Nothing was changed.");
        }
    }

    /** The DDL is committed file by file, so after a failed load the empty tables have to go again. */
    private void takeBack(RuntimeException failure) {
        try {
            if (!schema.exists()) {
                return;
            }
            locks.run("taking back the restore", "The empty Quantum tables are still there.", () -> {
                database.jdbi().useTransaction(handle -> {
                    locks.limit(handle);
                    OwnObjects own = OwnObjects.find(handle, sourceTable);
                    own.lock(handle);
                    if (OwnObjects.areUnused(handle)) {
                        own.drop(handle);
                    }
                });
                return null;
            });
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            log.error("the restore failed, and its empty tables could not be dropped: {}. Roll back, then repeat the restore.", e.getMessage());
        }
    }
}
