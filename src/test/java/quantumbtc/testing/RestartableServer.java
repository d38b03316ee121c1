package quantumbtc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quantumbtc.db.DatabaseUrl;

/** A real PostgreSQL server that nobody else uses, so that a test may stop it without warning. */
public final class RestartableServer implements AutoCloseable {

    private static final long LONGEST_RESTART_S = 60;

    private final Path folder;
    private final EmbeddedPostgres server;

    public RestartableServer(Path folder) throws IOException {
        this.folder = folder.resolve("data").toAbsolutePath();
        this.server = EmbeddedPostgres.builder().setDataDirectory(this.folder).setCleanDataDirectory(false).setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("max_connections", "400").setServerConfig("shared_buffers", "128MB")
                // What is acknowledged has to outlive the server's processes; the machine goes on.
                .setServerConfig("synchronous_commit", "on").setServerConfig("fsync", "off").start();
    }

    public String url(String database) {
        return "postgres://postgres@127.0.0.1:" + server.getPort() + "/" + database;
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect(url("postgres")); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Outside of any pool. */
    public static Connection connect(String url) throws SQLException {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        return DriverManager.getConnection(parsed.jdbcUrl(), parsed.user(), parsed.password());
    }

    /** @param immediately as after a crash: nothing is written down, and the server recovers from its log */
    public void restart(boolean immediately) throws IOException, InterruptedException {
        // The server writes its own start command there, from which its pg_ctl is found.
        String command = Files.readString(folder.resolve("postmaster.opts"));
        Path program = Path.of(command.substring(0, command.indexOf(' ')));
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.addAll(List.of(program.resolveSibling("pg_ctl").toString(), "-D", folder.toString(), "-m", immediately ? "immediate" : "fast",
                "-l", folder.resolve("restarted.log").toString(), "-w", "restart"));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(LONGEST_RESTART_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("the server in " + folder + " did not restart");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
