package quantumbtc.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.db.Database;
import quantumbtc.db.EmbeddedServer;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;
import quantumbtc.market.Candle;
import quantumbtc.market.Candles;
import quantumbtc.validation.HourlyValidation;
import quantumbtc.validation.ValidationLease;
import quantumbtc.validation.ValidationReport;

/**
 * Judges a million open trades against an hour of one-minute candles and writes a snapshot of each, on a PostgreSQL of
 * its own with fsync on; beside it, a statement at a time for some of them, as the original does.
 */
@Command(name = "judging", mixinStandardHelpOptions = true, description = "Times the hourly validation of many open trades.")
final class JudgingBench implements Callable<Integer> {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Option(names = "--trades", description = "Open trades; default ${DEFAULT-VALUE}.", defaultValue = "1000000")
    private int trades;

    @Option(names = "--loop", description = "Trades judged a statement at a time; default ${DEFAULT-VALUE}.", defaultValue = "5000")
    private int loop;

    @Option(names = "--hours", description = "Validations that are timed; default ${DEFAULT-VALUE}.", defaultValue = "3")
    private int hours;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("quantum-btc-bench");
        try (EmbeddedServer server = EmbeddedServer.startOrAttach(folder.resolve("postgres"));
             Database database = new Database(server.url(), 8)) {
            prepare(database);
            say("first validation, all trades new", validate(database, 1, 100));
            List<Double> seconds = new ArrayList<>();
            for (int hour = 2; hour < 2 + hours; hour++) {
                settle(database);
                seconds.add(say("validation " + hour + ", 60 candles", validate(database, hour, 600 * (hour - 1))));
            }
            settle(database);
            say("the same again, nothing new", validate(database, 1 + hours, 600 * hours));
            seconds.sort(null);
            settle(database);
            double each = statementPerTrade(database);
            double median = seconds.get(seconds.size() / 2);
            System.out.printf(Locale.ROOT, "a statement at a time: %.3f ms a trade, %.0f s for %,d; median validation %.1f s: %.0f times as fast%n",
                    each, each * trades / 1_000, trades, median, each * trades / 1_000 / median);
            return median <= 15 && each * trades / 1_000 / median >= 70 ? 0 : 1;
        } finally {
            remove(folder);
        }
    }

    private void prepare(Database database) throws SQLException {
        database.jdbi().useHandle(handle -> {
            handle.execute("CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email varchar(255) NOT NULL UNIQUE)");
            handle.execute("INSERT INTO users (email) SELECT 'user' || i || '@example.org' FROM generate_series(0, 999) i");
        });
        new Schema(database, 2_000, 8).apply();
        database.jdbi().useHandle(handle -> handle.createUpdate(Sql.of("bench/make-open-trades"))
                .bind("rows", trades).bind("generated", START.atOffset(ZoneOffset.UTC)).execute());
        settle(database);
    }

    /** What the server does by itself in the hour between two validations, and must not do in the middle of the next one here. */
    private static void settle(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    /** @param reach how far the price goes up and down within the hour, USD */
    private static ValidationReport validate(Database database, int hour, int reach) {
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
        nanos = System.nanoTime() - begun;
        return report;
    }

    private static long nanos;

    private static double say(String what, ValidationReport report) {
        double seconds = nanos / 1e9;
        System.out.printf(Locale.ROOT, "%s: %.1f s; %s%n", what, seconds, report.summary());
        return seconds;
    }

    /** Read one, write its status and its snapshot, go on: what the original does for every trade. @return milliseconds each */
    private double statementPerTrade(Database database) throws SQLException {
        List<UUID> ids = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT id FROM btc_trades WHERE status = 'ACTIVE' LIMIT :rows").bind("rows", loop).mapTo(UUID.class).list());
        try (Connection connection = database.dataSource().getConnection();
             PreparedStatement read = connection.prepareStatement("SELECT tp1_price, stop_loss_price FROM btc_trades WHERE id = ?");
             PreparedStatement update = connection.prepareStatement("UPDATE btc_trades SET status = 'ACTIVE', last_validated_at = now() WHERE id = ?");
             PreparedStatement insert = connection.prepareStatement("INSERT INTO btc_hourly_snapshots (trade_id, snapshot_at, price, deviation_from_prediction, "
                     + "phase_shift_detected) VALUES (?, '2030-01-01', 100000, 1.5, false)")) {
            long begun = System.nanoTime();
            for (UUID id : ids) {
                read.setObject(1, id);
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                }
                update.setObject(1, id);
                update.executeUpdate();
                insert.setObject(1, id);
                insert.executeUpdate();
            }
            return (System.nanoTime() - begun) / 1e6 / ids.size();
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
