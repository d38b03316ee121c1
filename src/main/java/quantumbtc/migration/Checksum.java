package quantumbtc.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files and streams, and the checksum file that lies beside an archive. */
final class Checksum {

    private Checksum() {
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ends the digest. */
    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return hex(in.getMessageDigest());
        }
    }

    /** Reads to the end. */
    static String of(InputStream stream) throws IOException {
        DigestInputStream in = new DigestInputStream(stream, digest());
        in.transferTo(OutputStream.nullOutputStream());
        return hex(in.getMessageDigest());
    }

    /** The file that holds a file's checksum, in the form that {@code sha256sum -c} reads. */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    static String line(String sha256, Path file) {
        return sha256 + "  " + file.getFileName() + "\n";
    }
}
