package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.testing.TradeApp.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantumbtc.market.Source;
import quantumbtc.market.replay.Fault;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** The old endpoints where there is no old deployment: the old shapes, from the legacy table, own trades only. */
class LegacyEndpointsTest {

    private static final String TRADES = "/api/atge/trades";

    private static TradeApp app;

    private UUID user;

    @BeforeAll
    static void start() {
        app = new TradeApp(Map.of("rollout.check-ms", "3600000"));
        // As ATGE makes it: a row without these is refused.
        for (String column : List.of("user_id", "symbol", "status", "entry_price", "risk_reward_ratio", "market_condition", "ai_reasoning", "ai_model_version")) {
            app.database().execute("ALTER TABLE atge_trade_signals ALTER " + column + " SET NOT NULL");
        }
        app.database().execute("""
                CREATE TABLE trade_results (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), trade_signal_id uuid NOT NULL UNIQUE REFERENCES atge_trade_signals,
                    actual_entry_price numeric(20, 8) NOT NULL, actual_exit_price numeric(20, 8), tp1_hit boolean NOT NULL DEFAULT false, tp1_hit_at timestamptz,
                    tp1_hit_price numeric(20, 8), stop_loss_hit boolean NOT NULL DEFAULT false, stop_loss_hit_at timestamptz, stop_loss_hit_price numeric(20, 8),
                    profit_loss_usd numeric(20, 2), profit_loss_percentage numeric(10, 4), trade_duration_minutes integer,
                    trade_size_usd numeric(20, 2) NOT NULL DEFAULT 1000, fees_usd numeric(20, 2) NOT NULL DEFAULT 2, slippage_usd numeric(20, 2) NOT NULL DEFAULT 2,
                    net_profit_loss_usd numeric(20, 2), data_source varchar(50) NOT NULL, data_resolution varchar(10) NOT NULL, data_quality_score integer NOT NULL,
                    ai_analysis text, backtested_at timestamptz NOT NULL DEFAULT now())""");
        app.database().execute("""
                CREATE TABLE trade_technical_indicators (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), trade_signal_id uuid NOT NULL UNIQUE,
                    rsi_value numeric(10, 4), rsi_signal varchar(20), macd_value numeric(20, 8), ema_20 numeric(20, 8), atr_value numeric(20, 8))""");
        app.database().execute("""
                CREATE TABLE trade_market_snapshot (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), trade_signal_id uuid NOT NULL UNIQUE,
                    current_price numeric(20, 8) NOT NULL, volume_24h numeric(30, 2), high_24h numeric(20, 8), snapshot_at timestamp NOT NULL)""");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void begin() {
        user = app.user();
    }

    @AfterEach
    void end() {
        app.replay().heal();
        app.database().execute("DELETE FROM quantum_anomaly_logs");
        app.database().execute("UPDATE quantum_ops.legacy_endpoints SET enabled = true");
        app.database().execute("UPDATE quantum_ops.rollout SET percent = 0");
        app.clock().advance(Duration.ofSeconds(1));
    }

    /** A row of the user's, hours ago. */
    private UUID row(UUID owner, int hoursAgo, String symbol, String status, String timeframe, int confidence) {
        UUID id = UUID.randomUUID();
        app.database().execute("INSERT INTO atge_trade_signals (id, user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                + "stop_loss_percentage, timeframe, timeframe_hours, confidence_score, risk_reward_ratio, market_condition, ai_reasoning, ai_model_version, generated_at, "
                + "expires_at) VALUES ('" + id + "', '" + owner + "', '" + symbol + "', '" + status + "', 60000.5, 61000, 62000, 63000, 59000, 1.67, '" + timeframe
                + "', 4, " + confidence + ", 0.67, 'trending', 'because', 'gpt', now() - interval '" + hoursAgo + " hours', now())");
        return id;
    }

    private void result(UUID trade, double net, int quality) {
        app.database().execute("INSERT INTO trade_results (trade_signal_id, actual_entry_price, tp1_hit, tp1_hit_at, net_profit_loss_usd, data_source, data_resolution, data_quality_score) "
                + "VALUES ('" + trade + "', 60001, " + (net > 0) + ", CASE WHEN " + (net > 0) + " THEN now() END, " + net + ", 'CoinGecko', '1h', " + quality + ")");
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = app.get(path, user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("trades").spliterator(), false).map(trade -> trade.path("id").textValue()).toList();
    }

    private HttpResponse<String> generate(String path, String body) {
        return app.app().post(path, body, TestTokens.user(user));
    }

    @Test
    void a_page_of_trades_has_every_field_of_the_contract() {
        UUID trade = row(user, 3, "BTC", "completed_success", "4h", 80);
        result(trade, 14.25, 95);
        app.database().execute("INSERT INTO trade_technical_indicators (trade_signal_id, rsi_value, rsi_signal, macd_value, ema_20, atr_value) "
                + "VALUES ('" + trade + "', 55.5, 'neutral', 12.5, 59000, 800)");
        app.database().execute("INSERT INTO trade_market_snapshot (trade_signal_id, current_price, volume_24h, high_24h, snapshot_at) "
                + "VALUES ('" + trade + "', 60002, 1000000, 60500, '2025-11-20 10:00:00')");
        UUID bare = row(user, 2, "ETH", "active", "1h", 60);

        JsonNode page = get(TRADES);
        assertThat(page.path("success").booleanValue()).isTrue();
        JsonNode pagination = page.path("pagination");
        assertThat(names(pagination)).containsExactlyInAnyOrder("total", "limit", "offset", "hasMore");
        assertThat(pagination.path("total").intValue()).isEqualTo(2);
        assertThat(pagination.path("limit").intValue()).isEqualTo(25);
        assertThat(pagination.path("hasMore").booleanValue()).isFalse();
        assertThat(ids(page)).containsExactly(bare.toString(), trade.toString());
        JsonNode full = page.path("trades").get(1);
        assertThat(names(full)).contains("id", "userId", "symbol", "status", "entryPrice", "tp1Price", "tp1Allocation", "tp2Price", "tp2Allocation", "tp3Price",
                "tp3Allocation", "stopLossPrice", "stopLossPercentage", "timeframe", "timeframeHours", "confidenceScore", "riskRewardRatio", "marketCondition",
                "aiReasoning", "aiModelVersion", "generatedAt", "expiresAt", "createdAt", "updatedAt", "result", "indicators", "snapshot");
        assertThat(full.path("userId").textValue()).isEqualTo(user.toString());
        for (String number : List.of("entryPrice", "tp1Allocation", "stopLossPercentage", "confidenceScore", "riskRewardRatio")) {
            assertThat(full.path(number).isNumber()).as(number).isTrue();
        }
        assertThat(Instant.parse(full.path("generatedAt").textValue())).isBefore(Instant.now());
        JsonNode result = full.path("result");
        assertThat(names(result)).contains("id", "actualEntryPrice", "tp1Hit", "tp1HitAt", "stopLossHit", "tradeSizeUsd", "feesUsd", "slippageUsd",
                "netProfitLossUsd", "dataSource", "dataResolution", "dataQualityScore", "backtestedAt").doesNotContain("actualExitPrice", "tp1HitPrice", "aiAnalysis", "of_trade");
        assertThat(result.path("tp1Hit").booleanValue()).isTrue();
        assertThat(result.path("netProfitLossUsd").doubleValue()).isEqualTo(14.25);
        assertThat(full.path("indicators").toString()).isEqualTo("{\"rsiValue\":55.5,\"rsiSignal\":\"neutral\",\"macdValue\":12.5,\"ema20\":59000,\"atr\":800}");
        assertThat(full.path("snapshot").toString())
                .isEqualTo("{\"price\":60002,\"volume24h\":1000000,\"high24h\":60500,\"timestamp\":\"2025-11-20T10:00:00Z\"}");
        assertThat(names(page.path("trades").get(0))).doesNotContain("result", "indicators", "snapshot");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void filters_sorting_and_paging_do_what_they_say() {
        UUID a = row(user, 50, "BTC", "active", "1h", 70);
        UUID b = row(user, 40, "BTC", "completed_success", "4h", 90);
        UUID c = row(user, 30, "ETH", "expired", "1d", 50);
        UUID d = row(user, 20, "BTC", "active", "4h", 60);
        result(d, -5, 80);
        String since = Instant.now().minus(Duration.ofHours(45)).toString();
        String until = Instant.now().minus(Duration.ofHours(25)).toString();
        assertThat(ids(get(TRADES))).containsExactly("" + d, "" + c, "" + b, "" + a);
        assertThat(ids(get(TRADES + "?symbol=ETH"))).containsExactly("" + c);
        assertThat(ids(get(TRADES + "?status=active"))).containsExactly("" + d, "" + a);
        assertThat(ids(get(TRADES + "?timeframe=4h"))).containsExactly("" + d, "" + b);
        assertThat(ids(get(TRADES + "?startDate=" + since + "&endDate=" + until))).containsExactly("" + c, "" + b);
        assertThat(ids(get(TRADES + "?needsData=true"))).as("active and without a result").containsExactly("" + a);
        assertThat(get(TRADES + "?needsData=true").at("/pagination/total").intValue()).isEqualTo(1);
        assertThat(ids(get(TRADES + "?sortBy=confidence_score&sortOrder=ASC"))).containsExactly("" + c, "" + d, "" + a, "" + b);
        assertThat(ids(get(TRADES + "?sortBy=confidenceScore&sortOrder=desc"))).containsExactly("" + b, "" + a, "" + d, "" + c);
        JsonNode page = get(TRADES + "?limit=2&offset=1");
        assertThat(ids(page)).containsExactly("" + c, "" + b);
        assertThat(page.at("/pagination/hasMore").booleanValue()).isTrue();
        assertThat(get(TRADES + "?offset=2").at("/pagination/hasMore").booleanValue()).isFalse();
        assertThat(get(TRADES + "?limit=1000").at("/pagination/limit").intValue()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"sortBy=id; DROP TABLE users", "sortBy=user_id", "sortOrder=up", "limit=0", "limit=x", "offset=-1", "startDate=yesterday"})
    void a_parameter_that_cannot_be_understood_is_a_bad_request(String query) {
        HttpResponse<String> answer = app.get(TRADES + "?" + query.replace(" ", "%20"), user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("success").booleanValue()).isFalse();
        assertThat(json(answer).path("message").textValue()).isNotBlank().isEqualTo(json(answer).path("error").textValue());
    }

    @Test
    void nobody_sees_trades_of_others() {
        row(app.user(), 3, "BTC", "completed_success", "4h", 80);
        assertThat(get(TRADES).path("trades")).isEmpty();
        assertThat(get("/api/atge/stats").at("/performanceStats/totalTrades").intValue()).isZero();
        assertThat(get("/api/atge/statistics").at("/statistics/totalTrades").intValue()).isZero();
    }

    @Test
    void figures_are_computed_from_rows_and_unknown_without_results() {
        result(row(user, 50, "BTC", "completed_success", "4h", 80), 30, 90);
        result(row(user, 40, "BTC", "completed_failure", "4h", 70), -20, 80);
        result(row(user, 30, "ETH", "completed_success", "1h", 60), 10, 100);
        row(user, 20, "BTC", "active", "1d", 50);
        JsonNode stats = get("/api/atge/stats");
        assertThat(names(stats)).containsExactlyInAnyOrder("success", "performanceStats", "proofStats", "analyticsData", "advancedMetrics");
        JsonNode performance = stats.path("performanceStats");
        assertThat(performance.path("totalTrades").intValue()).isEqualTo(4);
        assertThat(performance.path("winRate").decimalValue()).isEqualByComparingTo("66.67");
        assertThat(performance.path("totalProfitLoss").decimalValue()).isEqualByComparingTo("20");
        assertThat(performance.path("bestTrade").decimalValue()).isEqualByComparingTo("30");
        assertThat(performance.path("worstTrade").decimalValue()).isEqualByComparingTo("-20");
        assertThat(stats.at("/advancedMetrics/profitFactor").decimalValue()).isEqualByComparingTo("2");
        assertThat(stats.at("/advancedMetrics/maxDrawdown").decimalValue()).isEqualByComparingTo("20");
        assertThat(stats.at("/proofStats/verifiedTrades").intValue()).isEqualTo(3);
        assertThat(stats.at("/proofStats/averageDataQuality").decimalValue()).isEqualByComparingTo("90");
        assertThat(stats.at("/analyticsData/symbolPerformance/0/symbol").textValue()).isEqualTo("BTC");
        assertThat(stats.at("/analyticsData/timeframePerformance")).hasSize(3);
        assertThat(get("/api/atge/stats?symbol=ETH").at("/performanceStats/totalTrades").intValue()).isEqualTo(1);
        JsonNode statistics = get("/api/atge/statistics").path("statistics");
        assertThat(names(statistics)).contains("totalTrades", "winningTrades", "losingTrades", "winRate", "totalProfitLoss", "profitFactor", "bestTrade", "worstTrade",
                "sharpeRatio", "maxDrawdown", "winLossRatio", "lastCalculated", "cacheAge");

        user = app.user();
        row(user, 5, "BTC", "active", "1d", 50);
        JsonNode unknown = get("/api/atge/stats");
        for (String field : List.of("/performanceStats/winRate", "/performanceStats/totalProfitLoss", "/advancedMetrics/profitFactor", "/advancedMetrics/maxDrawdown",
                "/proofStats/averageDataQuality")) {
            assertThat(unknown.at(field).isNull()).as(field).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/atge/generate-trade", "/api/atge/generate"})
    void both_names_make_a_trade_in_the_old_shape_and_table(String path) {
        HttpResponse<String> answer = generate(path, "{\"symbol\":\"btc\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = json(answer);
        assertThat(names(body)).containsExactlyInAnyOrder("success", "message", "trade", "metadata");
        JsonNode trade = body.path("trade");
        assertThat(names(trade)).containsExactlyInAnyOrder("id", "symbol", "entryPrice", "takeProfit", "stopLoss", "timeframe", "confidenceScore", "riskRewardRatio",
                "marketCondition", "reasoning", "generatedAt", "expiresAt");
        for (String number : List.of("/entryPrice", "/takeProfit/tp1/price", "/takeProfit/tp1/allocation", "/takeProfit/tp3/price", "/stopLoss/price",
                "/stopLoss/percentage", "/confidenceScore", "/riskRewardRatio")) {
            assertThat(trade.at(number).isNumber()).as(number).isTrue();
        }
        assertThat(names(body.path("metadata"))).containsExactlyInAnyOrder("aiModel", "dataSource", "generationTime");
        String id = trade.path("id").textValue();
        assertThat(app.database().value("SELECT user_id || symbol || status || ai_model_version || market_condition FROM atge_trade_signals WHERE id = '" + id + "'",
                String.class)).isEqualTo(user + "BTC" + "active" + "quantum-btc" + trade.path("marketCondition").textValue());
        assertThat(app.database().count("btc_trades WHERE id = '" + id + "'")).as("ATGE's, until the sync brings it over").isZero();
        assertThat(ids(get(TRADES))).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({"1h, 1", "4h, 4", "1d, 24"})
    void a_timeframe_that_is_asked_for_is_the_trades(String timeframe, int hours) {
        HttpResponse<String> answer = generate("/api/atge/generate?timeframe=" + timeframe, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode trade = json(answer).path("trade");
        assertThat(trade.path("timeframe").textValue()).isEqualTo(timeframe);
        assertThat(Instant.parse(trade.path("expiresAt").textValue())).isEqualTo(Instant.parse(trade.path("generatedAt").textValue()).plusSeconds(3600L * hours));
    }

    @Test
    void what_cannot_be_made_is_refused_with_a_message() {
        assertThat(json(generate("/api/atge/generate?timeframe=2h", null)).path("message").textValue()).isEqualTo("Invalid timeframe. Must be 1h, 4h, 1d or 1w");
        assertThat(generate("/api/atge/generate?timeframe=2h", null).statusCode()).isEqualTo(400);
        assertThat(generate("/api/atge/generate?timeframe=15m", null).statusCode()).as("the history is too coarse").isEqualTo(422);
        assertThat(json(generate("/api/atge/generate", "{\"symbol\":\"DOGE\"}")).path("message").textValue()).isEqualTo("Invalid symbol. Must be BTC or ETH");
        assertThat(generate("/api/atge/generate", "{\"symbol\":\"DOGE\"}").statusCode()).isEqualTo(400);
        assertThat(generate("/api/atge/generate", "{\"symbol\":\"ETH\"}").statusCode()).isEqualTo(422);
        HttpResponse<String> wrong = app.get("/api/atge/generate", user);
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).contains("POST");
        assertThat(json(wrong).path("message").textValue()).isEqualTo("Method not allowed. Use POST.");
        assertThat(app.database().count("atge_trade_signals WHERE user_id = '" + user + "'")).isZero();
    }

    @Test
    void one_in_a_minute_and_twenty_in_a_day_and_a_failure_counts_for_nothing() {
        app.replay().with(Source.KRAKEN, Fault.DOWN);
        app.replay().with(Source.COINGECKO, Fault.DOWN);
        app.replay().with(Source.COINMARKETCAP, Fault.DOWN);
        assertThat(generate("/api/atge/generate", null).statusCode()).isEqualTo(503);
        app.replay().heal();
        app.database().execute("DELETE FROM quantum_anomaly_logs");
        assertThat(generate("/api/atge/generate", null).statusCode()).as("the turn was given back").isEqualTo(200);
        HttpResponse<String> early = generate("/api/atge/generate-trade", null);
        assertThat(early.statusCode()).isEqualTo(429);
        assertThat(json(early).path("remainingTime").intValue()).isBetween(1, 60);
        assertThat(early.headers().firstValue("Retry-After")).contains(json(early).path("remainingTime").asText());

        app.clock().advance(Duration.ofSeconds(61));
        for (int i = 0; i < 19; i++) {
            row(user, 2 + i, "BTC", "expired", "4h", 50);
        }
        HttpResponse<String> full = generate("/api/atge/generate", null);
        assertThat(full.statusCode()).as(full.body()).isEqualTo(429);
        assertThat(json(full).path("error").textValue()).contains("20 trades");
        assertThat(json(full).path("remainingTime").intValue()).as("until the oldest of the twenty is a day old").isBetween(3 * 3600, 4 * 3600);
        app.database().execute("UPDATE atge_trade_signals SET generated_at = now() - interval '25 hours' WHERE user_id = '" + user + "' AND status = 'expired'");
        assertThat(generate("/api/atge/generate", null).statusCode()).as("the refusal took no turn").isEqualTo(200);
    }

    @Test
    void whoever_is_not_known_is_told_so_in_the_old_words() {
        assertThat(words(app.app().get(TRADES, null))).isEqualTo("Not authenticated. Please log in.");
        assertThat(words(app.app().get(TRADES, "no.token.atall"))).isEqualTo("Invalid authentication token. Please log in again.");
        String expired = TestTokens.sign(TestTokens.claims(user).expirationTime(Date.from(app.clock().instant().minusSeconds(3600))).build());
        assertThat(words(app.app().get(TRADES, expired))).isEqualTo("Your session has expired. Please log in again.");
        HttpResponse<String> cookie = app.app().send(app.app().request(TRADES, null).header("Cookie", "auth_token=" + TestTokens.user(user)).GET());
        assertThat(cookie.statusCode()).isEqualTo(200);
    }

    private static String words(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("success").booleanValue()).isFalse();
        return json(answer).path("message").textValue();
    }

    @Test
    void the_neutral_endpoint_serves_each_user_by_their_system() {
        String admin = TestTokens.admin(UUID.randomUUID());
        HttpResponse<String> atge = generate("/api/trades/generate", null);
        assertThat(atge.headers().firstValue("Trade-System")).contains("ATGE");
        assertThat(json(atge).at("/trade/takeProfit/tp1/price").isNumber()).isTrue();
        assertThat(app.database().count("atge_trade_signals WHERE user_id = '" + user + "'")).isEqualTo(1);

        user = app.user();
        assertThat(app.app().send("PUT", "/api/quantum/rollout/users/" + user, "{\"system\":\"quantum\"}", admin).statusCode()).isEqualTo(200);
        HttpResponse<String> quantum = generate("/api/trades/generate", null);
        assertThat(quantum.headers().firstValue("Trade-System")).contains("QUANTUM");
        assertThat(json(quantum).at("/trade/targets/tp1/price").isNumber()).isTrue();
        assertThat(app.database().count("btc_trades WHERE user_id = '" + user + "'")).isEqualTo(1);
        assertThat(app.database().count("atge_trade_signals WHERE user_id = '" + user + "'")).isZero();
    }

    @Test
    void disabled_they_are_gone_whatever_is_asked_and_enabled_again_they_are_back() {
        row(user, 3, "BTC", "active", "4h", 80);
        String admin = TestTokens.admin(UUID.randomUUID());
        HttpResponse<String> refused = app.app().send("PUT", "/api/quantum/atge", "{\"enabled\":false}", admin);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("still served by ATGE", "Nothing was changed");
        assertThat(app.get(TRADES, user).statusCode()).isEqualTo(200);

        app.database().execute("UPDATE quantum_ops.rollout SET percent = 100");
        assertThat(app.app().send("PUT", "/api/quantum/atge", "{\"enabled\":false}", TestTokens.user(user)).statusCode()).isEqualTo(403);
        assertThat(app.app().send("PUT", "/api/quantum/atge", "{\"enabled\":false,\"why\":\"over\"}", admin).statusCode()).isEqualTo(200);
        assertThat(app.database().value("SELECT count(*) FROM quantum_ops.atge_trade_signals_archive", Long.class)).isEqualTo(app.database().count("atge_trade_signals"));
        for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
            for (String path : List.of(TRADES, "/api/atge/generate", "/api/atge/generate-trade", "/api/atge/patterns?x=1", "/api/atge", "/api/atge/")) {
                HttpResponse<String> gone = app.app().send(method, path, null, null);
                assertThat(gone.statusCode()).as("%s %s", method, path).isEqualTo(410);
                assertThat(gone.body()).isEqualTo("{\"error\":\"This endpoint has been deprecated\",\"message\":\"Please use /api/quantum/generate-btc-trade instead\","
                        + "\"migration_date\":\"2025-11-25\"}");
                assertThat(gone.headers().firstValue("Content-Type")).contains("application/json");
            }
        }
        app.database().execute("INSERT INTO quantum_ops.rollout_overrides VALUES ('" + user + "', 'ATGE', 'test', now())");
        assertThat(generate("/api/trades/generate", null).statusCode()).as("its system is gone").isEqualTo(410);

        assertThat(app.app().send("PUT", "/api/quantum/atge", "{\"enabled\":true}", admin).statusCode()).isEqualTo(200);
        assertThat(app.get(TRADES, user).statusCode()).isEqualTo(200);
        assertThat(app.database().value("SELECT string_agg(old_value || ' ' || new_value || coalesce(' ' || why, ''), ', ' ORDER BY id) FROM quantum_ops.rollout_changes "
                + "WHERE subject = 'legacy endpoints'", String.class)).isEqualTo("enabled disabled over, disabled enabled");
    }
}
