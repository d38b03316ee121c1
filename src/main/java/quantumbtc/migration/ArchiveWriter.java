package quantumbtc.migration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.migration.ArchiveManifest.ArchivedSequence;
import quantumbtc.migration.ArchiveManifest.ArchivedTable;

/**
 * Writes tables into an archive file: a zip with one entry a table, streamed by COPY so that memory does not grow with
 * the rows, and a manifest; beside it a checksum file that {@code sha256sum -c} reads.
 */
final class ArchiveWriter {

    private ArchiveWriter() {
    }

    /**
     * Reads the tables in the caller's transaction, which decides whether they hang together: by locks or a snapshot.
     *
     * @param tables schema-qualified and quoted
     * @param file   is made; nothing of that name may exist
     * @throws UncheckedIOException when the file cannot be written; no file is left
     */
    static ArchiveManifest write(Handle handle, List<String> tables, ArchiveManifest.Kind kind, Instant at, Path file) {
        plainOutput(handle);
        PrivateFile target = PrivateFile.create(file);
        MessageDigest digest = Checksum.digest();
        try {
            ArchiveManifest manifest;
            try (OutputStream out = target.open(); ZipOutputStream zip = new ZipOutputStream(
                    new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16))) {
                zip.setLevel(Deflater.BEST_SPEED);
                List<ArchivedTable> written = new ArrayList<>();
                for (ArchivedTable table : DescribedTables.of(handle, tables)) {
                    written.add(copy(handle, table, zip, at));
                }
                manifest = manifest(handle, kind, at, tables, written);
                zip.putNextEntry(entry("manifest.json", at));
                zip.write(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(manifest));
                zip.closeEntry();
            }
            target.finish(Checksum.hex(digest));
            return manifest;
        } catch (IOException e) {
            target.discard();
            throw new UncheckedIOException("archive " + file + " cannot be written: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            target.discard();
            throw e;
        }
    }

    private static ArchivedTable copy(Handle handle, ArchivedTable table, ZipOutputStream zip, Instant at) throws IOException {
        zip.putNextEntry(entry(table.entry(), at));
        Counting counted = new Counting(zip);
        DigestOutputStream digested = new DigestOutputStream(counted, Checksum.digest());
        long rows;
        try {
            rows = Database.postgres(handle.getConnection()).getCopyAPI()
                    .copyOut("COPY " + table.quoted() + " (" + table.columnList() + ") TO STDOUT", digested);
        } catch (SQLException e) {
            throw new IllegalStateException("table " + table.quoted() + " cannot be read: " + e.getMessage(), e);
        }
        zip.closeEntry();
        return new ArchivedTable(table.schema(), table.name(), table.entry(), table.columns(), table.primaryKey(),
                rows, counted.bytes, Checksum.hex(digested.getMessageDigest()));
    }

    private static ArchiveManifest manifest(Handle handle, ArchiveManifest.Kind kind, Instant at, List<String> tables, List<ArchivedTable> written) {
        String version = handle.createQuery("SELECT current_setting('server_version')").mapTo(String.class).one();
        boolean ours = handle.createQuery("SELECT to_regclass('quantum_ops.flyway_schema_history') IS NOT NULL").mapTo(Boolean.class).one();
        List<ArchivedSequence> sequences = handle.createQuery(Sql.of("migration/read-sequences"))
                .bindArray("tables", String.class, tables)
                .map((row, context) -> new ArchivedSequence(row.getString("schema"), row.getString("name"),
                        row.getLong("last_value"), row.getBoolean("called"))).list();
        return new ArchiveManifest(ArchiveManifest.FORMAT, kind, at.toString(), version,
                ours ? handle.createQuery(Sql.of("migration/read-schema-version")).mapTo(String.class).findOne().orElse(null) : null,
                CompatView.isOurs(handle), written, sequences);
    }

    /** Values are written so that they read back exactly, whatever the session or the role had set. */
    private static void plainOutput(Handle handle) {
        Sql.run(handle, "SET LOCAL extra_float_digits = 3");
        Sql.run(handle, "SET LOCAL DateStyle = 'ISO'");
        Sql.run(handle, "SET LOCAL IntervalStyle = 'postgres'");
        Sql.run(handle, "SET LOCAL bytea_output = 'hex'");
        // A policy that hid rows would make the archive incomplete: rather fail.
        Sql.run(handle, "SET LOCAL row_security = off");
        Sql.run(handle, "SET LOCAL statement_timeout = 0");
        // Nothing is sent to the server while the file is read back.
        Sql.run(handle, "SET LOCAL idle_in_transaction_session_timeout = 0");
    }

    private static ZipEntry entry(String name, Instant at) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(at.toEpochMilli());
        return entry;
    }

    private static final class Counting extends FilterOutputStream {

        private long bytes;

        private Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] data, int from, int length) throws IOException {
            out.write(data, from, length);
            bytes += length;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }
    }
}
