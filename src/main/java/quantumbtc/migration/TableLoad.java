package quantumbtc.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.migration.ArchiveManifest.ArchivedColumn;
import quantumbtc.migration.ArchiveManifest.ArchivedSequence;
import quantumbtc.migration.ArchiveManifest.ArchivedTable;

/** Loads all entries of an archive into freshly made tables, in the caller's transaction. */
final class TableLoad {

    private final Handle handle;
    private final ArchiveReader archive;
    private final List<ArchivedTable> tables;

    TableLoad(Handle handle, ArchiveReader archive) {
        this.handle = handle;
        this.archive = archive;
        this.tables = archive.manifest().tables();
    }

    /** @throws Refused when what was loaded is not what the manifest says; the caller's transaction has to end in a rollback */
    void run() {
        tables.forEach(this::makeIfAbsent);
        String all = tables.stream().map(ArchivedTable::quoted).collect(Collectors.joining(", "));
        Sql.run(handle, "LOCK TABLE " + all + " IN ACCESS EXCLUSIVE MODE");
        if (!OwnObjects.areUnused(handle)) {
            throw new Refused("another process wrote to the Quantum tables while they were being restored; its rows stay");
        }
        List<Trigger> triggers = triggers();
        // Triggers would refuse, count or stamp once more what the archived rows already carry.
        triggers.forEach(trigger -> Sql.run(handle, trigger.disable()));
        // The fresh tables hold what the DDL itself wrote, Flyway's history first of all; the archive has it too.
        Sql.run(handle, "TRUNCATE " + all);
        tables.forEach(this::load);
        archive.manifest().sequences().forEach(this::continueNumbering);
        triggers.forEach(trigger -> Sql.run(handle, trigger.enable()));
        tables.forEach(this::compareCount);
    }

    /** A table whose columns follow the legacy table's is not in the numbered DDL. */
    private void makeIfAbsent(ArchivedTable table) {
        String columns = table.columns().stream().map(column -> LegacyTable.quote(column.name()) + " " + type(column)
                + (column.required() ? " NOT NULL" : "")).collect(Collectors.joining(", "));
        String key = table.primaryKey().isEmpty() ? "" : ", PRIMARY KEY ("
                + table.primaryKey().stream().map(LegacyTable::quote).collect(Collectors.joining(", ")) + ")";
        Sql.run(handle, "CREATE TABLE IF NOT EXISTS " + table.quoted() + " (" + columns + key + ")");
    }

    /** Only what the server reads as the name of a type may become part of a statement. */
    private String type(ArchivedColumn column) {
        boolean known = handle.createQuery("SELECT to_regtype(:type) IS NOT NULL").bind("type", column.type()).mapTo(Boolean.class).one();
        if (!known) {
            throw new Refused("column " + column.name() + " in archive " + archive.file() + " has a type that this server does not know: " + column.type());
        }
        return column.type();
    }

    private void load(ArchivedTable table) {
        try (DigestInputStream rows = new DigestInputStream(archive.open(table), Checksum.digest())) {
            Database.postgres(handle.getConnection()).getCopyAPI()
                    .copyIn("COPY " + table.quoted() + " (" + table.columnList() + ") FROM STDIN", (InputStream) rows, 1 << 16);
            if (!Checksum.hex(rows.getMessageDigest()).equals(table.sha256())) {
                throw new Refused("archive " + archive.file() + " was changed while it was read, in entry " + table.entry());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("table " + table.quoted() + " cannot be loaded: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("archive " + archive.file() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void continueNumbering(ArchivedSequence sequence) {
        handle.createQuery("SELECT setval(CAST(:sequence AS regclass), :value, :called)")
                .bind("sequence", LegacyTable.quote(sequence.schema()) + "." + LegacyTable.quote(sequence.name()))
                .bind("value", sequence.lastValue()).bind("called", sequence.called()).mapTo(Long.class).one();
    }

    private void compareCount(ArchivedTable table) {
        long rows = handle.createQuery("SELECT count(*) FROM " + table.quoted()).mapTo(Long.class).one();
        if (rows != table.rows()) {
            throw new Refused("table " + table.quoted() + " has " + rows + " rows after the load, the archive " + table.rows());
        }
    }

    private List<Trigger> triggers() {
        return handle.createQuery(Sql.of("migration/find-triggers"))
                .bindArray("tables", String.class, tables.stream().map(ArchivedTable::quoted).toList())
                .map((row, context) -> new Trigger(row.getString("table"), row.getString("name"), row.getString("mode"))).list();
    }

    private record Trigger(String table, String name, String mode) {

        private String disable() {
            return "ALTER TABLE " + table + " DISABLE TRIGGER " + name;
        }

        private String enable() {
            return "ALTER TABLE " + table + " ENABLE " + mode + " TRIGGER " + name;
        }
    }
}
