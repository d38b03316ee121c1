package quantumbtc.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A file in the making that only its owner may read, for it holds users' data. It has the ending {@code .part} until it
 * is complete and on the disk, so whatever has its final name is whole.
 */
final class PrivateFile {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path part;

    private PrivateFile(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    /** A name with the time in it that no file has yet. */
    static Path named(Path folder, String prefix, Instant at, String ending) {
        String name = prefix + "-" + UTC.format(at);
        Path file = folder.resolve(name + ending);
        for (int i = 2; Files.exists(file); i++) {
            file = folder.resolve(name + "-" + i + ending);
        }
        return file;
    }

    static PrivateFile create(Path file) {
        PrivateFile made = new PrivateFile(file.toAbsolutePath());
        try {
            Files.createDirectories(made.file.getParent());
            if (Files.exists(made.file)) {
                throw new FileAlreadyExistsException(made.file.toString());
            }
            // A leftover of a process that was killed.
            Files.deleteIfExists(made.part);
            Files.createFile(made.part);
            if (Files.getFileStore(made.part).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(made.part, PosixFilePermissions.fromString("rw-------"));
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("file " + made.part + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** The file while it is incomplete. */
    Path part() {
        return part;
    }

    OutputStream open() throws IOException {
        return Files.newOutputStream(part, StandardOpenOption.WRITE);
    }

    /** Brings file and checksum onto the disk, and gives them their names: the checksum first, so that no file is ever without. */
    void finish(String sha256) throws IOException {
        force(part);
        Path checksum = Checksum.beside(file);
        Files.writeString(checksum, Checksum.line(sha256, file));
        force(checksum);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.getParent());
    }

    /** Leaves nothing behind. */
    void discard() {
        try {
            Files.deleteIfExists(part);
            if (!Files.exists(file)) {
                Files.deleteIfExists(Checksum.beside(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("unfinished file " + part + " cannot be deleted", e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The names themselves; where a folder cannot be opened (Windows) the system keeps them on its own. */
    private static void forceFolder(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
