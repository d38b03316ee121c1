package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.testing.TradeApp.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** What only the page asks for. Two users have one trade each, judged over two hours. */
class DashboardApiTest {

    private static TradeApp app;
    private static UUID one;
    private static UUID other;
    private static String trade;

    @BeforeAll
    static void start() {
        app = new TradeApp(Map.of());
        one = app.user();
        other = app.user();
        trade = json(app.generate(one, null)).path("trade").path("id").asText();
        app.generate(other, null);
        for (int hour = 0; hour < 2; hour++) {
            app.app().post(TradeApp.VALIDATE, null, TestApp.CRON_SECRET);
            app.clock().advance(Duration.ofHours(1));
        }
        app.clock().advance(Duration.ofHours(-2));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonNode get(String path, String token, int status) {
        var answer = app.app().get("/api/quantum/" + path, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json(answer);
    }

    @Test
    void who_calls_is_told() {
        assertThat(get("me", TestTokens.user(one), 200)).isEqualTo(get("me", TestTokens.user(one), 200));
        assertThat(get("me", TestTokens.user(one), 200).path("userId").asText()).isEqualTo(one.toString());
        assertThat(get("me", TestTokens.user(one), 200).path("role").asText()).isEqualTo("user");
        assertThat(get("me", TestTokens.admin(one), 200).path("role").asText()).isEqualTo("admin");
        get("me", null, 401);
    }

    @Test
    void the_curve_has_the_price_of_each_day_and_its_total_is_the_dashboards_profit() {
        JsonNode days = get("profit-curve", TestTokens.user(one), 200).path("days");
        assertThat(days).isNotEmpty();
        JsonNode last = days.get(days.size() - 1);
        assertThat(new BigDecimal(last.path("price").asText())).isEqualByComparingTo(app.database()
                .value("SELECT price FROM quantum_ops.market_hours ORDER BY hour DESC LIMIT 1", BigDecimal.class));
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode day : days) {
            sum = sum.add(new BigDecimal(day.path("profit").asText()));
            assertThat(new BigDecimal(day.path("total").asText())).isEqualByComparingTo(sum);
        }
        JsonNode profit = get("performance-dashboard", TestTokens.user(one), 200).path("metrics").path("totalProfitLoss");
        assertThat(profit.isNull() ? BigDecimal.ZERO : profit.decimalValue()).isEqualByComparingTo(sum);
        get("profit-curve", null, 401);
    }

    @Test
    void a_curve_adds_up_what_ended_on_each_day_of_the_own_trades_alone() {
        UUID winner = app.user();
        app.database().execute("INSERT INTO btc_trades SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'user_id', '" + winner
                + "'))).* FROM btc_trades t, generate_series(1, 3) WHERE t.id = '" + trade + "'");
        app.database().execute("INSERT INTO quantum_ops.trade_outcomes (trade_id, status, reason, judged_until, judged_at, profit_usd, ended_at) SELECT id, 'HIT', 'TARGET_1', now(), now(), "
                + "10 * row_number() OVER (ORDER BY id), timestamptz '2020-01-01 12:00Z' + (row_number() OVER (ORDER BY id) / 2) * interval '1 day' "
                + "FROM btc_trades WHERE user_id = '" + winner + "'");
        JsonNode days = get("profit-curve", TestTokens.user(winner), 200).path("days");
        assertThat(days.get(0).toString()).contains("\"day\":\"2020-01-01\"", "\"trades\":1", "\"total\":10", "\"price\":null", "\"buyAndHold\":null");
        assertThat(days.get(1).toString()).contains("\"day\":\"2020-01-02\"", "\"trades\":2", "\"profit\":50", "\"total\":60");
        assertThat(get("profit-curve", TestTokens.user(one), 200).toString()).doesNotContain("2020-01-01");
    }

    @Test
    void market_history_has_the_hours_the_sources_and_anomalies_of_the_own_trades_alone() {
        app.database().execute("INSERT INTO quantum_anomaly_logs (anomaly_type, severity, description, impact, detected_at, trade_id) VALUES "
                + "('PRICE_DIVERGENCE', 'WARNING', 'of the market', 'none', now(), NULL), ('LATE', 'INFO', 'of a trade', 'none', now(), '" + trade + "')");
        // Calls are written a moment after they were made.
        long before = app.database().count("api_latency_reliability_logs");
        JsonNode history = get("market-history", TestTokens.user(one), 200);
        assertThat(history.path("hours")).hasSize((int) app.database().count("quantum_ops.market_hours"));
        assertThat(history.path("hours").get(0).path("dataQualityScore").isInt()).isTrue();
        long calls = 0;
        for (JsonNode span : history.path("sources")) {
            calls += span.path("calls").asLong();
        }
        assertThat(calls).isPositive().isBetween(before, app.database().count("api_latency_reliability_logs"));
        assertThat(history.path("anomalies").toString()).contains("of the market", "of a trade", "\"trade_id\":\"" + trade + "\"");
        assertThat(get("market-history", TestTokens.user(other), 200).path("anomalies").toString()).contains("of the market").doesNotContain("of a trade");
        assertThat(get("market-history", TestTokens.admin(other), 200).path("anomalies").toString()).contains("of the market", "of a trade");
        get("market-history", null, 401);
    }

    @Test
    void the_calls_behind_a_reliability_are_listed_to_admins_alone() {
        app.database().execute("INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, status_code, success, error_type, error_message, called_at) "
                + "VALUES ('LunarCrush', '/made', 'GET', NULL, false, 'TIMEOUT', 'no answer in 15 s', now())");
        JsonNode failed = get("market-calls?source=LunarCrush&failed=true", TestTokens.admin(other), 200).path("calls");
        assertThat(failed).hasSize((int) app.database().count("api_latency_reliability_logs WHERE api_name = 'LunarCrush' AND NOT success"));
        assertThat(failed.get(0).toString()).contains("\"api_name\":\"LunarCrush\"", "\"status_code\":null", "\"error_type\":\"TIMEOUT\"");
        assertThat(get("market-calls?days=1", TestTokens.admin(other), 200).path("calls")).hasSizeGreaterThan(failed.size());
        assertThat(get("market-calls?failed=perhaps", TestTokens.admin(other), 400).path("error").asText()).isEqualTo("failed must be true or false.");
        get("market-calls", TestTokens.user(one), 403);
        get("market-calls", null, 401);
    }

    @Test
    void several_statuses_are_listed_at_once() {
        assertThat(get("trades?owner=all&status=ACTIVE,HIT,EXPIRED&limit=100", TestTokens.admin(one), 200).path("trades"))
                .hasSize((int) app.database().count("btc_trades WHERE status IN ('ACTIVE', 'HIT', 'EXPIRED')"));
        get("trades?status=ACTIVE,", TestTokens.user(one), 400);
        get("trades?status=ACTIVE,LOST", TestTokens.user(one), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "91", "-1", "x", "1.5", "99999999999"})
    void days_out_of_range_are_refused(String days) {
        assertThat(get("market-history?days=" + days, TestTokens.user(one), 400).path("error").asText()).isEqualTo("days must be a whole number from 1 to 90.");
    }

    @Test
    void candles_cover_the_trade_and_are_the_owners_or_an_admins() {
        JsonNode chart = get("trade-candles/" + trade, TestTokens.user(one), 200);
        assertThat(chart.path("candles")).hasSizeGreaterThan(10).hasSizeLessThan(220);
        assertThat(chart.path("replayed").asBoolean()).isTrue();
        assertThat(chart.path("stepSeconds").asLong()).isPositive();
        String generated = get("trade-details/" + trade, TestTokens.user(one), 200).path("trade").path("generatedAt").asText();
        assertThat(chart.path("candles").get(0).path("start").asText()).isLessThan(generated);
        assertThat(get("trade-candles/" + trade, TestTokens.user(other), 404).path("error").asText()).isEqualTo("Trade not found.");
        assertThat(get("trade-candles/" + trade, TestTokens.admin(other), 200).path("candles")).isNotEmpty();
        get("trade-candles/42", TestTokens.user(one), 400);
        get("trade-candles/" + trade, null, 401);
    }

    @Test
    void only_an_admin_lists_everybodys_trades() {
        assertThat(get("trades", TestTokens.admin(one), 200).path("trades")).hasSize(1);
        assertThat(get("trades?owner=me", TestTokens.user(one), 200).path("trades")).hasSize(1);
        assertThat(get("trades?owner=all&limit=100", TestTokens.admin(one), 200).path("trades")).hasSize((int) app.database().count("btc_trades"));
        JsonNode first = get("trades?owner=all&limit=1", TestTokens.admin(one), 200);
        assertThat(get("trades?owner=all&limit=1&cursor=" + first.path("next").asText(), TestTokens.admin(one), 200).path("trades").get(0).path("id"))
                .isNotEqualTo(first.path("trades").get(0).path("id"));
        get("trades?owner=all", TestTokens.user(one), 403);
        get("trades?owner=" + other, TestTokens.admin(one), 400);
    }
}
