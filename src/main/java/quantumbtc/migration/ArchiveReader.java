package quantumbtc.migration;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import quantumbtc.db.Refused;
import quantumbtc.migration.ArchiveManifest.ArchivedTable;

/** An archive file whose checksums were all verified. */
final class ArchiveReader implements AutoCloseable {

    /** A newer format is recognised by its number, not by a field that is unknown here. */
    private static final ObjectMapper READER = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;
    private final ZipFile zip;
    private final String sha256;
    private final ArchiveManifest manifest;

    private ArchiveReader(Path file, ZipFile zip, String sha256, ArchiveManifest manifest) {
        this.file = file;
        this.zip = zip;
        this.sha256 = sha256;
        this.manifest = manifest;
    }

    /**
     * Reads the whole file from the disk, and compares it with the checksum file beside it and each entry with the manifest.
     *
     * @throws Refused when anything of it is missing or differs; the message says what
     */
    static ArchiveReader verified(Path file) {
        Path checksum = Checksum.beside(file);
        if (!Files.isRegularFile(file)) {
            throw new Refused("archive " + file + " does not exist. Nothing was changed.");
        }
        if (!Files.isRegularFile(checksum)) {
            throw new Refused("archive " + file + " has no checksum file " + checksum.getFileName() + " beside it, so it cannot "
                    + "be proved whole. Put the one that was made with it there. Nothing was changed.");
        }
        try {
            String sha256 = Checksum.of(file);
            if (!Files.readString(checksum).startsWith(sha256)) {
                throw damaged(file, "its SHA-256 is " + sha256 + ", not the one in " + checksum.getFileName());
            }
            ZipFile zip = new ZipFile(file.toFile());
            try {
                ArchiveReader reader = new ArchiveReader(file, zip, sha256, manifest(file, zip));
                reader.verifyEntries();
                return reader;
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException e) {
            throw damaged(file, e.getMessage());
        }
    }

    private static ArchiveManifest manifest(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry("manifest.json");
        if (entry == null) {
            throw damaged(file, "entry manifest.json is missing");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            ArchiveManifest manifest = READER.readValue(in, ArchiveManifest.class);
            if (manifest.formatVersion() != ArchiveManifest.FORMAT) {
                throw new Refused("archive " + file + " has format " + manifest.formatVersion() + "; this program reads format "
                        + ArchiveManifest.FORMAT + ". Nothing was changed.");
            }
            return manifest;
        }
    }

    private void verifyEntries() throws IOException {
        for (ArchivedTable table : manifest.tables()) {
            try (InputStream in = open(table)) {
                if (!Checksum.of(in).equals(table.sha256())) {
                    throw damaged(file, "entry " + table.entry() + " differs from the manifest's checksum");
                }
            } catch (FileNotFoundException e) {
                throw damaged(file, e.getMessage());
            }
        }
    }

    private static Refused damaged(Path file, String cause) {
        return new Refused("archive " + file + " is damaged: " + cause + ". Nothing was changed.");
    }

    Path file() {
        return file;
    }

    String sha256() {
        return sha256;
    }

    ArchiveManifest manifest() {
        return manifest;
    }

    /** The table's rows as COPY reads them in its text format, UTF-8. */
    InputStream open(ArchivedTable table) throws IOException {
        ZipEntry entry = zip.getEntry(table.entry());
        if (entry == null) {
            throw new FileNotFoundException("entry " + table.entry() + " is missing");
        }
        return zip.getInputStream(entry);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("archive " + file + " cannot be closed", e);
        }
    }
}
