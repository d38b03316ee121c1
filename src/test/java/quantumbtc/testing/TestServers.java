package quantumbtc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Real PostgreSQL servers, one a version and JVM, started when first asked for. */
public final class TestServers {

    /** Server versions that the tests run against. */
    public enum Version { V15, V18 }

    private static final Map<Version, EmbeddedPostgres> SERVERS = new EnumMap<>(Version.class);

    private TestServers() {
    }

    public static synchronized EmbeddedPostgres server(Version version) {
        return SERVERS.computeIfAbsent(version, TestServers::start);
    }

    private static EmbeddedPostgres start(Version version) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "256MB")
                    .setLocaleConfig("locale", "C.UTF-8");
            if (version == Version.V15) {
                builder.setPgBinaryResolver((system, architecture) -> fromJar(Path.of(System.getProperty("postgres15.jar"))));
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + version + " does not start", e);
        }
    }

    /** Two versions on one classpath would hide each other, so the second is read from its own file. */
    private static InputStream fromJar(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            ZipEntry entry = jar.stream().filter(e -> e.getName().endsWith(".txz")).findFirst()
                    .orElseThrow(() -> new IOException("no server archive in " + path));
            try (InputStream in = jar.getInputStream(entry)) {
                return new java.io.ByteArrayInputStream(in.readAllBytes());
            }
        }
    }
}
