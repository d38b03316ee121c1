package quantumbtc.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own that keeps its data in a folder. The first process starts it, further processes
 * of the same folder attach to it, and the last one to close stops it. It listens on loopback only.
 */
public final class EmbeddedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

    private static final long LEAST_MEMORY = 1L << 30;

    private final Path folder;
    private final int port;
    private final EmbeddedPostgres started;

    /** @param started null when another process started it */
    private EmbeddedServer(Path folder, int port, EmbeddedPostgres started) {
        this.folder = folder;
        this.port = port;
        this.started = started;
    }

    /**
     * @param folder the server's data folder; made when absent
     * @throws Refused when the server does not start; the data is left as it was
     */
    public static EmbeddedServer startOrAttach(Path folder) {
        return startOrAttach(folder, Map.of());
    }

    /** As {@link #startOrAttach(Path)}, with server settings of the caller's (such as larger buffers for a benchmark). */
    public static EmbeddedServer startOrAttach(Path folder, Map<String, String> settings) {
        Path absolute = folder.toAbsolutePath();
        Optional<Integer> running = runningPort(absolute);
        if (running.isPresent()) {
            return new EmbeddedServer(absolute, running.get(), null);
        }
        try {
            Files.createDirectories(absolute);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(absolute)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("locale", "C.UTF-8")
                    // The library's defaults are for throw-away tests; these rows are to be kept.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", sharedBuffersMb() + "MB")
                    .setServerConfig("max_wal_size", "2GB");
            settings.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            return new EmbeddedServer(absolute, server.getPort(), server);
        } catch (IOException e) {
            throw new Refused("the embedded PostgreSQL in " + absolute + " does not start: " + e.getMessage()
                    + ". Its data was left as it is.", e);
        }
    }

    /** A quarter of the machine's memory, as is the usual advice, within bounds. */
    private static long sharedBuffersMb() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() : LEAST_MEMORY;
        return Math.max(128, Math.min(2_048, memory / 4 >> 20));
    }

    /** Where it listens, for a pool. */
    public DatabaseUrl url() {
        return url("postgres");
    }

    /** Where another database of the same server is. */
    public DatabaseUrl url(String database) {
        return DatabaseUrl.parse("postgres://postgres@127.0.0.1:" + port + "/" + database);
    }

    /** Stops the server unless another process still works with it. */
    @Override
    public void close() {
        try {
            if (othersConnected()) {
                log.info("the embedded PostgreSQL keeps running: another process works with it");
                return;
            }
            if (started != null) {
                started.close();
            } else {
                stop();
            }
        } catch (SQLException e) {
            log.warn("the embedded PostgreSQL in {} could not be asked before stopping: {}", folder, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL in " + folder + " could not be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean othersConnected() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url().jdbcUrl(), "postgres", null);
             Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity "
                     + "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    private void stop() throws IOException, InterruptedException {
        // The server writes its own start command there, so its pg_ctl is found also by a process that only attached.
        String command = Files.readString(folder.resolve("postmaster.opts"));
        Path program = Path.of(command.substring(0, command.indexOf(" ")));
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.addAll(List.of(program.resolveSibling("pg_ctl").toString(), "-D", folder.toString(), "-m", "fast", "-w", "stop"));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            log.warn("the embedded PostgreSQL in {} did not stop; it can be stopped with pg_ctl", folder);
        }
    }

    private static Optional<Integer> runningPort(Path folder) {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 4) {
                return Optional.empty();
            }
            int port = Integer.parseInt(lines.get(3).trim());
            boolean alive = ProcessHandle.of(Long.parseLong(lines.get(0).trim())).map(ProcessHandle::isAlive).orElse(false);
            return alive && answers(port) ? Optional.of(port) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
