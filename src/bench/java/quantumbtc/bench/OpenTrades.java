package quantumbtc.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import quantumbtc.db.Database;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;
import quantumbtc.market.Candle;
import quantumbtc.market.Candles;
import quantumbtc.validation.HourlyValidation;
import quantumbtc.validation.ValidationLease;
import quantumbtc.validation.ValidationReport;

/** Open trades of ten thousand users on a PostgreSQL server of the benchmark's own, with fsync on; thrown away when closed. */
final class OpenTrades implements AutoCloseable {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final ThrowawayServer server = new ThrowawayServer(0);
    private final Database database;

    OpenTrades(int trades) throws IOException, SQLException {
        server.start();
        database = new Database(server.url(), 8);
        database.jdbi().useHandle(handle -> {
            handle.execute("CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email varchar(255) NOT NULL UNIQUE)");
            handle.execute("INSERT INTO users (email) SELECT 'user' || i || '@example.org' FROM generate_series(0, 9999) i");
        });
        new Schema(database, 2_000, 8).apply();
        database.jdbi().useHandle(handle -> handle.createUpdate(Sql.of("bench/make-open-trades"))
                .bind("rows", trades).bind("generated", START.atOffset(ZoneOffset.UTC)).execute());
        settle();
    }

    Database database() {
        return database;
    }

    /** As the setting database.url has it. */
    String url() {
        return server.address();
    }

    /** Processor time of the server, seconds; null where the system does not tell. */
    Double serverCpuSeconds() {
        return server.cpuSeconds();
    }

    /** What the server does by itself in the hour between two validations, and must not do in the middle of the next one here. */
    void settle() throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    /**
     * The validation of one hour, with a candle a minute.
     *
     * @param hour  1 is the first
     * @param reach how far the price goes up and down within the hour, USD
     */
    Timed validate(int hour, int reach) {
        Instant now = START.plus(Duration.ofHours(hour));
        List<Candle> candles = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            int swing = minute == 20 ? reach : 1;
            int dip = minute == 40 ? reach : 1;
            candles.add(new Candle(now.minus(Duration.ofMinutes(60L - minute)), Duration.ofMinutes(1), new BigDecimal(100_000),
                    new BigDecimal(100_000 + swing), new BigDecimal(100_000 - dip), new BigDecimal(100_000), null, "Kraken"));
        }
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        HourlyValidation validation = new HourlyValidation(database, new ValidationLease(database, clock, 30), clock, 2, Duration.ofHours(24));
        long begun = System.nanoTime();
        ValidationReport report = validation.judge(validation.open("command"), List.of(new Candles(now, candles, List.of(), List.of(), false)), null);
        return new Timed(report, (System.nanoTime() - begun) / 1e9);
    }

    /** A validation and how long it took. */
    record Timed(ValidationReport report, double seconds) {
    }

    @Override
    public void close() throws IOException {
        database.close();
        server.close();
    }
}
