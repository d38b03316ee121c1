package quantumbtc.bench;

import java.io.IOException;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;
import quantumbtc.demo.LegacyData;

/** A legacy deployment in a database of the benchmark's own; thrown away when closed. */
final class Arena implements AutoCloseable {

    private static final long BYTES_A_ROW = 8_000;
    private static final long BYTES_OF_A_SERVER = 4_000_000_000L;
    private static final int USERS = 10_000;

    private final Place place;
    private final Database database;
    private final LegacyData.Written legacy;
    private final Thread onInterrupt = new Thread(this::removeQuietly, "remove-arena");

    /**
     * On an embedded server.
     *
     * @throws quantumbtc.db.Refused when the disk has too little room; nothing was written
     */
    Arena(int rows, long seed) throws IOException {
        this(new ThrowawayServer(BYTES_OF_A_SERVER + BYTES_A_ROW * rows), rows, seed);
    }

    /** @param place not started yet; closed together with this */
    Arena(Place place, int rows, long seed) {
        this.place = place;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        place.start();
        database = new Database(place.url(), 24);
        legacy = new LegacyData(database, Clock.systemUTC()).write(rows, Math.min(USERS, rows), seed);
    }

    Database database() {
        return database;
    }

    /** As DATABASE_URL has it, with the password. */
    String url() {
        return place.address();
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
        Double before = place.cpuSeconds();
        Measure measure = ChildJvm.run(contender, place.address(), verify);
        Double after = place.cpuSeconds();
        return measure.withServer(before == null || after == null ? null : after - before);
    }

    /** Its version, and whether it waits for the disk. */
    String server() {
        return database.jdbi().withHandle((Handle handle) -> handle.createQuery(
                "SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')").mapTo(String.class).one());
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
            System.err.println("bench: " + place.name() + " could not be removed: " + e.getMessage());
        }
    }

    private void remove() throws IOException {
        if (database != null) {
            database.close();
        }
        place.close();
    }
}
