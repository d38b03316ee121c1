package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import quantumbtc.App;
import quantumbtc.db.LockRetry;
import quantumbtc.testing.Commands;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/**
 * The copy states the mapping in Java, the plan and the verification state it in SQL. On random rows, most of them with
 * something odd, all three must say the same.
 */
class CopyAndProofAgreeTest {

    private static final int MAX_TEXT_BYTES = 1_000;
    private static final int ROWS = 400;
    private static final List<String> COLUMNS = List.of("user_id", "symbol", "status", "entry_price", "tp1_price", "tp2_price", "tp3_price",
            "stop_loss_price", "stop_loss_percentage", "timeframe", "timeframe_hours", "confidence_score", "ai_reasoning",
            "generated_at", "expires_at", "created_at", "updated_at");

    /** Column types that a legacy table may have; the mapping reads all of them. */
    private enum Shape {
        NUMERIC("numeric", "text", "timestamptz"),
        DOUBLE("double precision", "character(20)", "timestamp");

        private final String number;
        private final String word;
        private final String time;

        Shape(String number, String word, String time) {
            this.number = number;
            this.word = word;
            this.time = time;
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void on_any_legacy_rows(@ForAll Version version, @ForAll Shape shape, @ForAll("rows") List<List<String>> rows) {
        TimeZone usual = TimeZone.getDefault();
        // The driver takes over the zone of this JVM; times without a zone must not depend on it.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        try {
            agree(version, shape, rows);
        } finally {
            TimeZone.setDefault(usual);
        }
    }

    private static void agree(Version version, Shape shape, List<List<String>> rows) {
        try (TestDatabase test = TestDatabase.empty(version)) {
            LegacySchema.create(test.database());
            reshape(test, shape);
            test.execute("INSERT INTO users (id, email) SELECT ('00000000-0000-4000-8000-00000000000' || g)::uuid, 'user' || g FROM generate_series(1, 3) g");
            int half = rows.size() / 2;
            insert(test, rows.subList(0, half));
            test.schema().apply();
            take(test);
            try (App app = Commands.start(test, "migration.chunk-rows", "100", "migration.max-text-bytes", String.valueOf(MAX_TEXT_BYTES))) {
                Map<UUID, String> planned = planned(test);
                app.ask("migration-run", null, MigrationStatus.class);
                compatView(test);
                if (shape == Shape.DOUBLE) {
                    assertThat(test.value("SELECT bool_and(t.generated_at = l.generated_at AT TIME ZONE 'UTC') FROM btc_trades t "
                            + "JOIN atge_trade_signals l USING (id) WHERE t.quantum_reasoning <> 'r'", Boolean.class)).isTrue();
                }
                assertThat(quarantined(test)).as("after the copy").containsExactlyInAnyOrderEntriesOf(planned);
                assertProven(test);

                // Rows that come later and rows that change go another way: they catch up.
                insert(test, rows.subList(half, rows.size()));
                test.execute("UPDATE atge_trade_signals a SET status = b.status, tp2_price = b.tp2_price, ai_reasoning = b.ai_reasoning "
                        + "FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM atge_trade_signals) b, "
                        + "(SELECT id, row_number() OVER (ORDER BY id DESC) AS n FROM atge_trade_signals) c "
                        + "WHERE c.id = a.id AND b.n = c.n AND c.n % 5 = 0");
                app.ask("migration-run", null, MigrationStatus.class);
                assertProven(test);
            }
        }
    }

    private static void assertProven(TestDatabase test) {
        VerifyReport report = new Verify(test.database(), test.schema(), settings(), 2, Clock.systemUTC()).verify();
        assertThat(report.differences()).isEmpty();
        assertThat(report.checks()).allMatch(VerifyReport.Check::ok);
        assertThat(report.candidates()).isEqualTo(report.migrated() + report.quarantined());
        assertThat(report.migrated()).isPositive();
        assertThat(report.quarantined()).isPositive();
    }

    private static Map<UUID, String> planned(TestDatabase test) {
        Map<UUID, String> reasons = new LinkedHashMap<>();
        new Plan(test.database(), settings(), Clock.systemUTC()).eachRejected(row -> reasons.put(row.id(), row.reason().name()));
        return reasons;
    }

    private static Map<UUID, String> quarantined(TestDatabase test) {
        return test.database().jdbi().withHandle(handle -> handle.createQuery("SELECT legacy_id, reason FROM quantum_ops.migration_quarantine")
                .reduceRows(new LinkedHashMap<>(), (all, row) -> {
                    all.put(row.getColumn("legacy_id", UUID.class), row.getColumn("reason", String.class));
                    return all;
                }));
    }

    private static MigrationSettings settings() {
        MigrationSettings usual = CopiedBySql.settings("atge_trade_signals");
        return new MigrationSettings(usual.sourceTable(), List.of("BTC", "XBT", "BTCUSD", "BTCUSDT", "BTC-USD", "BTC/USD", "XBTUSD"),
                usual.chunkRows(), usual.workers(), MAX_TEXT_BYTES, usual.indexes(), usual.lease(), usual.throttleFactor(), usual.rowsPerSecond(), usual.stall());
    }

    private static void compatView(TestDatabase test) {
        new CompatView(test.database(), new LockRetry(2_000, 8), "atge_trade_signals").create();
    }

    /** Five ids are taken by trades that Quantum generated. */
    private static void take(TestDatabase test) {
        test.execute("INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                + "max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) SELECT id, '" + userId(1) + "', "
                + "1, 1, 1, 2, 3, 4, 0.5, 1, 'r', 'm', now(), now() FROM atge_trade_signals ORDER BY id LIMIT 5");
        test.execute("INSERT INTO quantum_ops.generated_trades (trade_id, user_id, generated_at) SELECT id, user_id, now() FROM btc_trades");
    }

    private static void reshape(TestDatabase test, Shape shape) {
        for (String column : COLUMNS) {
            String type = column.endsWith("_at") ? shape.time
                    : List.of("symbol", "status", "timeframe").contains(column) ? shape.word
                    : List.of("user_id", "ai_reasoning").contains(column) ? null : shape.number;
            if (type != null) {
                test.execute("ALTER TABLE atge_trade_signals ALTER " + column + " TYPE " + type);
            }
        }
    }

    private static void insert(TestDatabase test, List<List<String>> rows) {
        String types = test.value("SELECT string_agg('?::text::' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY w.n) "
                + "FROM unnest(ARRAY['" + String.join("', '", COLUMNS) + "']) WITH ORDINALITY w(name, n) "
                + "JOIN pg_attribute a ON a.attrelid = 'atge_trade_signals'::regclass AND a.attname = w.name", String.class);
        try (Connection connection = test.database().dataSource().getConnection();
             PreparedStatement insert = connection.prepareStatement("INSERT INTO atge_trade_signals (" + String.join(", ", COLUMNS)
                     + ") VALUES (" + types + ")")) {
            for (List<String> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setString(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getNextException() == null ? e : e.getNextException());
        }
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        return Combinators.combine(List.of(user(), symbol(), status(), price(), price(), price(), price(), price(), percent(), timeframe(),
                hours(), confidence(), reasoning(), time(), time(), time(), time())).as(values -> values).list().ofSize(ROWS);
    }

    private static String userId(int number) {
        return "00000000-0000-4000-8000-00000000000" + number;
    }

    private static Arbitrary<String> user() {
        return mostly(Arbitraries.integers().between(1, 3).map(CopyAndProofAgreeTest::userId),
                null, "00000000-0000-0000-0000-000000000001");
    }

    private static Arbitrary<String> symbol() {
        return mostly(Arbitraries.of("BTC", "XBT", "BTC/USD"), " btc ", "Btc\t", "\r\nXbtUsd", "BTC           ", "btc-usdt", "ETH", "BTC\u00a0", "", null);
    }

    private static Arbitrary<String> status() {
        return Arbitraries.of("active", "completed_success", "completed_failure", "expired", "incomplete_data", "cancelled", "ACTIVE", "active ",
                "", "überfällig").injectNull(0.1);
    }

    private static Arbitrary<String> price() {
        return mostly(Arbitraries.bigDecimals().between(new BigDecimal("0.00000001"), new BigDecimal("200000"))
                        .ofScale(11).map(Object::toString),
                "NaN", "Infinity", "-Infinity", "0", "-1", "-0.000000004", "0.000000004", "0.000000005", "0.0000000049999999", "999.995",
                "99999", "100000", "100000000", "99999999.999999995", "9999.99999999999", "10000", "1e4", "1e8", "999999999999.999999994",
                "999999999999.999999995", "999999999999", "1e12", "1e30", "1e-30", "1e200", "12345678901.123456785", null);
    }

    private static Arbitrary<String> percent() {
        return mostly(Arbitraries.bigDecimals().between(new BigDecimal("-900"), new BigDecimal("900")).ofScale(4).map(Object::toString),
                "999.995", "999.994", "-999.995", "-999.9949999", "0", "-0.004", "0.005", "-0.005", "2.675", "NaN", "Infinity", "-Infinity", "1e9", "1e-200", null);
    }

    private static Arbitrary<String> timeframe() {
        return mostly(Arbitraries.of("1h", "4h", "1d", "1w"), "15m", "", "          ", "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀", "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀", "ten  chars", "eleven char", null);
    }

    private static Arbitrary<String> hours() {
        return mostly(Arbitraries.integers().between(0, 500).map(Object::toString), "0.25", "2147483647", "2147483648", "-2147483648",
                "-2147483649", "4.000", "1e3", "1e-9", "1e100", "NaN", "Infinity", null);
    }

    private static Arbitrary<String> confidence() {
        return mostly(Arbitraries.integers().between(0, 100).map(Object::toString), "100.0", "100.5", "99.999999999", "101", "-1", "1e2",
                "-0.0", "NaN", "-Infinity", null);
    }

    private static Arbitrary<String> reasoning() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange(' ', '\u024f').withChars('\t', '\n', '\r', '\\', '\'', '"', '€', '中', '\u200b')
                .ofMaxLength(300);
        return mostly(text, "", " ", "\\N", "\\.", "x".repeat(1_000), "x".repeat(1_001), "€".repeat(333), "€".repeat(334), "🚀".repeat(250),
                "🚀".repeat(250) + "x", "Migrated from ATGE - Original AI analysis", null);
    }

    private static Arbitrary<String> time() {
        return mostly(Arbitraries.longs().between(0, 4_000_000_000_000_000L).map(micros -> Instant.EPOCH.plus(micros,
                        ChronoUnit.MICROS).toString()),
                "infinity", "-infinity", "0001-01-01 00:00:00+00", "4714-11-24 00:00:00+00 BC", "294276-12-31 23:59:59.999999+00",
                "2000-01-01 00:00:00+00", "1999-12-31 23:59:59.999999+00", null);
    }

    /** About one value in thirty is odd, so that with seventeen columns half of the rows are. */
    private static Arbitrary<String> mostly(Arbitrary<String> usual, String... odd) {
        return Arbitraries.frequencyOf(Tuple.of(30, usual), Tuple.of(1, Arbitraries.of(odd)));
    }
}
