package quantumbtc.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.migration.LegacyTable;
import quantumbtc.migration.NameSwap;
import quantumbtc.migration.Sync;
import quantumbtc.monitoring.PhaseFacts.Archived;
import quantumbtc.monitoring.PhaseFacts.Quarantine;
import quantumbtc.monitoring.PhaseFacts.Run;
import quantumbtc.monitoring.PhaseFacts.Source;
import quantumbtc.monitoring.PhaseFacts.Verified;
import quantumbtc.rollout.LegacyEndpoints;
import quantumbtc.rollout.Rollout;

/** Reads what the phases are judged by, and writes nothing. What cannot be read is unknown, and the rest is read all the same. */
final class PhaseReader {

    /** Of the newest version of our tables that a phase is judged by; without them there is nothing to read. */
    private static final Set<String> RUNS = Set.of("quantum_ops.migration_runs", "quantum_ops.migration_chunks",
            "quantum_ops.migration_quarantine", "public.quantum_migration_log");
    private static final Set<String> SYNC = Set.of("quantum_ops.carry_failures");
    private static final Set<String> ROLLOUT = Set.of("quantum_ops.rollout", "quantum_ops.sync_lag", "public.users");
    private static final Set<String> ENDPOINTS = Set.of("quantum_ops.legacy_endpoints");

    private final Database database;
    private final Sync sync;
    private final Rollout rollout;
    private final LegacyEndpoints endpoints;
    private final NameSwap names;
    private final String sourceTable;
    private final Path data;
    private final int leaseSeconds;

    PhaseReader(Database database, Sync sync, Rollout rollout, LegacyEndpoints endpoints, NameSwap names, String sourceTable, Path data, int leaseSeconds) {
        this.database = database;
        this.sync = sync;
        this.rollout = rollout;
        this.endpoints = endpoints;
        this.names = names;
        this.sourceTable = sourceTable;
        this.data = data.toAbsolutePath();
        this.leaseSeconds = leaseSeconds;
    }

    private record Migration(Run run, Quarantine quarantine, Verified verified, Archived archived) {
    }

    PhaseFacts read() {
        Fact<Migration> migration = fact(RUNS, this::migration);
        return new PhaseFacts(source(), newest("backups", "quantum-btc-"),
                part(migration, migration.value() == null ? null : migration.value().run()),
                part(migration, migration.value() == null ? null : migration.value().quarantine()),
                part(migration, migration.value() == null ? null : migration.value().verified()),
                fact(SYNC, sync::status), fact(ROLLOUT, rollout::status),
                part(migration, migration.value() == null ? null : migration.value().archived()),
                fact(Set.of(), names::isTaken), fact(ENDPOINTS, endpoints::status), newest("archive", "quantum-btc-rollback-"));
    }

    private static <T> Fact<T> part(Fact<Migration> whole, T value) {
        return whole.isUnknown() ? Fact.unknown(whole.cause()) : Fact.of(value);
    }

    private Fact<Source> source() {
        try {
            return Fact.of(database.jdbi().withHandle(handle -> LegacyTable.findIfPresent(handle, sourceTable)
                    .map(table -> new Source(table.toString(), null)).orElse(null)));
        } catch (Refused e) {
            return Fact.of(new Source(sourceTable, e.getMessage()));
        } catch (RuntimeException e) {
            return Fact.unknown(Sql.firstLine(e));
        }
    }

    /** Absent when one of the tables is. */
    private <T> Fact<T> fact(Set<String> tables, Callable<T> read) {
        try {
            long there = database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("monitoring/find-tables"))
                    .bindArray("names", String.class, tables.toArray()).mapTo(String.class).stream().count());
            return there < tables.size() ? Fact.absent() : Fact.of(read.call());
        } catch (Exception e) {
            return Fact.unknown(Sql.firstLine(e));
        }
    }

    private Migration migration() {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("monitoring/read-phases"))
                .bind("leaseSeconds", leaseSeconds).map((row, context) -> migration(row)).one());
    }

    private static Migration migration(ResultSet row) throws SQLException {
        UUID id = row.getObject("run_id", UUID.class);
        return new Migration(
                id == null ? null : new Run(id, row.getString("state"), row.getString("wanted"), row.getBoolean("alive"), row.getString("step"),
                        row.getLong("chunks"), row.getLong("chunks_done"), row.getLong("rows_migrated"), row.getString("failure"), at(row, "finished_at")),
                id == null ? null : new Quarantine(row.getLong("quarantine_rows"), row.getLong("quarantine_open")),
                row.getString("verdict") == null ? null : new Verified(row.getString("verdict"), row.getLong("differences"), at(row, "verified_at")),
                row.getString("archive_verdict") == null ? null : new Archived(row.getString("archive_verdict"), row.getObject("archive_rows", Long.class),
                        at(row, "archived_at")));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The files have their time in their name. */
    private Fact<String> newest(String folder, String prefix) {
        Path place = data.resolve(folder);
        if (!Files.isDirectory(place)) {
            return Fact.absent();
        }
        try (Stream<Path> files = Files.list(place)) {
            return Fact.of(files.filter(file -> file.getFileName().toString().matches(java.util.regex.Pattern.quote(prefix) + ".*\\.(zip|dump)"))
                    .max(Comparator.comparing(Path::getFileName)).map(Path::toString).orElse(null));
        } catch (IOException e) {
            return Fact.unknown(e.toString());
        }
    }
}
