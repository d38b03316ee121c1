package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestDatabase;

/** The route as shipped, with a venue that answers over real HTTP. */
class ValidationRouteTest {

    private static Settings settings(TestDatabase database, String kraken) {
        Map<String, String> changes = new HashMap<>(Map.of("database.url", database.url(), "market.attempts", "1", "market.kraken.url", kraken));
        for (String source : List.of("coinmarketcap", "coingecko", "blockchain", "lunarcrush")) {
            changes.put("market." + source + ".url", "http://127.0.0.1:1");
        }
        return Settings.defaults().with(changes);
    }

    private static void storeOpenTrade(TestDatabase database, UUID id) {
        UUID user = UUID.randomUUID();
        database.execute("INSERT INTO users (id, email) VALUES ('" + user + "', 'a@example.org')");
        database.execute("INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                + "max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) VALUES ('" + id + "', '" + user
                + "', 100000, 100000, 100000, 101000, 102000, 103000, 99000, 1, 'r', 'm', now() - interval '30 minutes', now() + interval '10 hours')");
    }

    @Test
    void candles_are_fetched_and_the_open_trades_judged_by_them() throws IOException {
        HttpServer kraken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kraken.createContext("/0/public/OHLC", exchange -> {
            byte[] body = ohlc().getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        kraken.start();
        UUID id = UUID.randomUUID();
        try (TestDatabase database = TestDatabase.withSchema()) {
            storeOpenTrade(database, id);
            try (App app = App.start(settings(database, "http://127.0.0.1:" + kraken.getAddress().getPort()), App.Mode.COMMAND)) {
                ValidationReport report = app.ask("trade-validate", "command", ValidationReport.class);
                assertThat(report.errors()).isNull();
                assertThat(report.summary().tradesHit()).isEqualTo(1);
                assertThat(report.summary().tradesValidated()).isEqualTo(1);
            }
            assertThat(database.value("SELECT status FROM btc_trades WHERE id = '" + id + "'", String.class)).isEqualTo("HIT");
            assertThat(database.value("SELECT who || ' ' || state FROM quantum_ops.validation_runs", String.class)).isEqualTo("command FINISHED");
        } finally {
            kraken.stop(0);
        }
    }

    /** The last ten minutes: at the entry, then above the first target; the last one is unfinished. */
    private static String ohlc() {
        long minute = Instant.now(Clock.systemUTC()).getEpochSecond() / 60 * 60;
        StringBuilder rows = new StringBuilder();
        for (int ago = 10; ago >= 0; ago--) {
            String high = ago == 5 ? "101500.0" : "100000.0";
            rows.append(rows.isEmpty() ? "" : ",").append("[").append(minute - 60L * ago).append(",\"100000.0\",\"").append(high)
                    .append("\",\"100000.0\",\"100000.0\",\"100000.0\",\"1.0\",5]");
        }
        return "{\"error\":[],\"result\":{\"XXBTZUSD\":[" + rows + "],\"last\":" + minute + "}}";
    }

    @Test
    void without_any_venue_nothing_is_judged_and_the_report_says_so() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            storeOpenTrade(database, UUID.randomUUID());
            try (App app = App.start(settings(database, "http://127.0.0.1:1"), App.Mode.COMMAND)) {
                ValidationReport report = app.ask("trade-validate", "command", ValidationReport.class);
                assertThat(report.success()).isFalse();
                assertThat(report.errors().get(0)).contains("no candles could be had").contains("Kraken");
                assertThat(database.value("SELECT status FROM btc_trades", String.class)).isEqualTo("ACTIVE");
            }
        }
    }

    @Test
    void the_timer_starts_validations() throws InterruptedException {
        try (TestDatabase database = TestDatabase.withSchema()) {
            Settings serving = settings(database, "http://127.0.0.1:1").with(Map.of("validation.cron", "* * * * * ?", "port", "0", "management.port", "0"));
            assertThat(Settings.defaults().text("validation.cron")).isEqualTo("0 0 * * * ?");
            try (App app = App.start(serving, App.Mode.SERVE)) {
                long finished = 0;
                for (int tries = 0; tries < 100 && finished == 0; tries++) {
                    Thread.sleep(200);
                    finished = database.count("quantum_ops.validation_runs WHERE who = 'timer' AND state = 'FINISHED'");
                }
                assertThat(finished).isPositive();
            }
        }
    }

    @Test
    void a_second_caller_is_refused_while_a_validation_is_under_way() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            new ValidationLease(database.database(), Clock.systemUTC(), 30).open("timer");
            try (App app = App.start(settings(database, "http://127.0.0.1:1"), App.Mode.COMMAND)) {
                assertThatThrownBy(() -> app.ask("trade-validate", "rest", ValidationReport.class)).isInstanceOf(Refused.class)
                        .hasMessageContaining("already under way");
            }
        }
    }
}
