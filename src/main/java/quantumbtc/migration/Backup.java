package quantumbtc.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * Writes a backup beside the running system: by pg_dump when one that fits the server is on the PATH, else the rows of
 * the tables that the migration is about. It locks out nobody and changes nothing.
 */
public final class Backup {

    private final Database database;
    private final Clock clock;
    private final Path folder;
    private final String sourceTable;
    private final String searchPath;

    /**
     * @param dataDirectory the backup goes to its folder {@code backups}
     * @param sourceTable   the legacy table's name as the settings give it
     * @param searchPath    where pg_dump is looked for, as the environment's PATH; null for nowhere
     */
    public Backup(Database database, Clock clock, Path dataDirectory, String sourceTable, String searchPath) {
        this.database = database;
        this.clock = clock;
        this.folder = dataDirectory.toAbsolutePath().resolve("backups");
        this.sourceTable = sourceTable;
        this.searchPath = searchPath;
    }

    /**
     * @throws IllegalStateException when the backup failed or does not read back; no file is left
     */
    public BackupReport run() {
        Instant startedAt = clock.instant();
        List<String> notes = new ArrayList<>();
        return fittingDump(notes).map(dump -> byDump(dump, startedAt, notes)).orElseGet(() -> byTables(startedAt, notes));
    }

    private Optional<PgDump> fittingDump(List<String> notes) {
        int server = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT current_setting('server_version_num')::int / 10000").mapTo(Integer.class).one());
        List<PgDump> found = PgDump.onPath(searchPath);
        Optional<PgDump> fitting = found.stream().filter(dump -> dump.major() >= server).findFirst();
        if (found.isEmpty()) {
            notes.add("There is no pg_dump on the PATH, so only tables were copied.");
        } else if (fitting.isEmpty()) {
            notes.add("pg_dump on the PATH is version " + found.get(0).major() + ", older than the server's " + server
                    + ", and cannot dump it, so only tables were copied. Install the PostgreSQL " + server + " client for a full backup.");
        } else if (database.url().pooler()) {
            notes.add("The database is reached through a transaction pooler, which pg_dump cannot use, so only tables were "
                    + "copied. Use the session port (5432) for a full backup.");
            return Optional.empty();
        }
        return fitting;
    }

    private BackupReport byDump(PgDump dump, Instant startedAt, List<String> notes) {
        Path file = PrivateFile.named(folder, "quantum-btc", startedAt, ".dump");
        PrivateFile target = PrivateFile.create(file);
        try {
            List<String> holds = dump.run(database.url(), target.part());
            String sha256 = Checksum.of(target.part());
            long bytes = Files.size(target.part());
            target.finish(sha256);
            return new BackupReport(BackupReport.Kind.PG_DUMP, file.toString(), bytes, sha256, holds, tookMs(startedAt), notes);
        } catch (IOException e) {
            target.discard();
            throw new UncheckedIOException("backup " + file + " failed: " + e.getMessage() + ". No file is left.", e);
        } catch (RuntimeException e) {
            target.discard();
            throw e;
        }
    }

    private BackupReport byTables(Instant startedAt, List<String> notes) {
        Path file = PrivateFile.named(folder, "quantum-btc", startedAt, ".zip");
        notes.add("The file holds rows only, of the tables listed: no indexes, functions, rights or other tables.");
        ArchiveManifest manifest = database.jdbi().inTransaction(handle -> {
            // One snapshot for all tables, without a lock that a writer would feel.
            Sql.run(handle, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return ArchiveWriter.write(handle, tables(handle), ArchiveManifest.Kind.BACKUP, startedAt, file);
        });
        try (ArchiveReader readBack = ArchiveReader.verified(file)) {
            List<String> holds = manifest.tables().stream().map(table -> table.schema() + "." + table.name()).toList();
            return new BackupReport(BackupReport.Kind.TABLES, file.toString(), Files.size(file), readBack.sha256(), holds, tookMs(startedAt), notes);
        } catch (IOException e) {
            throw new UncheckedIOException("backup " + file + " cannot be read back: " + e.getMessage(), e);
        }
    }

    private List<String> tables(Handle handle) {
        List<String> tables = new ArrayList<>();
        LegacyTable.locate(handle, sourceTable).ifPresent(tables::add);
        tables.addAll(handle.createQuery("SELECT 'public.users' WHERE to_regclass('public.users') IS NOT NULL").mapTo(String.class).list());
        tables.addAll(handle.createQuery(Sql.of("migration/find-own-tables"))
                .bindArray("public", String.class, OwnObjects.PUBLIC_TABLES).mapTo(String.class).list());
        if (tables.isEmpty()) {
            throw new Refused("there is nothing to back up: neither the legacy table nor users nor the Quantum tables exist.");
        }
        return tables;
    }

    private long tookMs(Instant startedAt) {
        return Duration.between(startedAt, clock.instant()).toMillis();
    }
}
