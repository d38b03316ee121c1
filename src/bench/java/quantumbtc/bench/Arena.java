package quantumbtc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.EmbeddedServer;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;
import quantumbtc.demo.LegacyData;

/** A PostgreSQL server of the benchmark's own, with fsync on, that holds a legacy deployment; thrown away when closed. */
final class Arena implements AutoCloseable {

    private static final long BYTES_A_ROW = 8_000;
    private static final long BYTES_OF_A_SERVER = 4_000_000_000L;
    private static final int USERS = 10_000;

    private final Path folder;
    private final EmbeddedServer server;
    private final Database database;
    private final LegacyData.Written legacy;
    private final Thread onInterrupt = new Thread(this::removeQuietly, "remove-arena");

    /** @throws Refused when the disk has too little room; nothing was written */
    Arena(int rows, long seed) throws IOException {
        folder = Files.createTempDirectory("quantum-btc-bench");
        requireRoom(rows);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        server = EmbeddedServer.startOrAttach(folder.resolve("postgres"));
        database = new Database(server.url(), 24);
        legacy = new LegacyData(database, Clock.systemUTC()).write(rows, Math.min(USERS, rows), seed);
    }

    private void requireRoom(int rows) throws IOException {
        long needed = BYTES_OF_A_SERVER + BYTES_A_ROW * rows;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            Files.delete(folder);
            throw new Refused("the benchmark needs about " + (needed >> 20) + " MB in " + folder.getParent() + ", free are "
                    + (free >> 20) + " MB. Choose another place by -Djava.io.tmpdir in JAVA_OPTS. Nothing was written.");
        }
    }

    Database database() {
        return database;
    }

    /** As DATABASE_URL has it. */
    String url() {
        String password = server.url().password();
        return server.url().jdbcUrl().replace("jdbc:postgresql://", "postgres://" + server.url().user() + (password == null ? "" : ":" + password) + "@");
    }

    LegacyData.Written legacy() {
        return legacy;
    }

    /** Gives the next way an empty target by the program's own DDL, and a server with nothing left to do. */
    void reset() {
        database.jdbi().useHandle(handle -> {
            handle.execute("DROP VIEW IF EXISTS atge_trade_signals_compat");
            handle.execute("DROP TABLE IF EXISTS btc_trades, btc_hourly_snapshots, quantum_anomaly_logs, "
                    + "prediction_accuracy_database, api_latency_reliability_logs, quantum_migration_log CASCADE");
            handle.execute("DROP SCHEMA IF EXISTS quantum_ops, spring_batch CASCADE");
        });
        new Schema(database, 2_000, 8).apply();
        database.jdbi().useHandle(handle -> {
            handle.execute("VACUUM ANALYZE users");
            handle.execute("VACUUM ANALYZE atge_trade_signals");
            handle.execute("CHECKPOINT");
        });
    }

    /** Rows of btc_trades and one number over all their columns. */
    Content content() {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("bench/hash-trades"))
                .map((row, context) -> new Content(row.getLong("rows"), row.getString("hash"))).one());
    }

    /** Runs a way in a JVM of its own and measures the server beside it. */
    Measure run(Contender contender, boolean verify) throws IOException, InterruptedException {
        ServerCpu cpu = new ServerCpu(folder.resolve("postgres"));
        Double before = cpu.seconds();
        Measure measure = ChildJvm.run(contender, server.url(), verify);
        Double after = cpu.seconds();
        return measure.withServer(before == null || after == null ? null : after - before);
    }

    String serverVersion() {
        return database.jdbi().withHandle((Handle handle) -> handle.createQuery("SHOW server_version").mapTo(String.class).one());
    }

    /** @param hash order-independent */
    record Content(long rows, String hash) {
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        remove();
    }

    private void removeQuietly() {
        try {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            remove();
        } catch (IOException | RuntimeException e) {
            System.err.println("bench: " + folder + " could not be removed: " + e.getMessage());
        }
    }

    private void remove() throws IOException {
        if (database != null) {
            // A session of a way that was interrupted would keep the server running.
            database.jdbi().useHandle(handle -> handle.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    + "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"));
            database.close();
        }
        if (server != null) {
            server.close();
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
