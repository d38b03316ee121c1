package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.testing.TradeApp.VALIDATE;
import static quantumbtc.testing.TradeApp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.PlainJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** Reading and judging trades over HTTP, in the shapes that existing clients rely on. */
class TradeApiTest {

    private static final String DETAILS = "/api/quantum/trade-details/";
    private static final String DASHBOARD = "/api/quantum/performance-dashboard";
    private static final String LIST = "/api/quantum/trades";

    private static TradeApp app;

    @BeforeAll
    static void start() {
        app = new TradeApp(Map.of());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static void say(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    /** A row as the migration writes it, so many minutes old. */
    private static UUID migrated(UUID user, int minutes, String status, String timeframe) {
        UUID id = UUID.randomUUID();
        app.database().execute("INSERT INTO btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price,"
                + " stop_loss_price, max_loss_percent, timeframe, timeframe_hours, confidence_score, quantum_reasoning, mathematical_justification,"
                + " data_quality_score, status, generated_at, expires_at) VALUES ('" + id + "', '" + user + "', 'BTC', 99999.5, 99999.5, 99999.5, 100001,"
                + " 101000, 102000, 95000, 5, " + timeframe + ", 4, NULL, 'r', 'm', 90, '" + status + "', timestamptz '" + app.clock().instant()
                + "' - interval '" + minutes + " minutes', timestamptz '" + app.clock().instant() + "' + interval '4 hours')");
        return id;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void details_have_every_field_of_the_contract() {
        UUID user = app.user();
        UUID id = UUID.fromString(json(app.generate(user, null)).at("/trade/id").textValue());
        app.clock().advance(Duration.ofMinutes(1));
        say(app.app().post(VALIDATE, null, TestApp.CRON_SECRET), 200);
        HttpResponse<String> answer = app.get(DETAILS + id, user);
        say(answer, 200);
        JsonNode body = json(answer);
        assertThat(names(body)).containsExactly("success", "trade", "validationHistory", "anomalies", "currentStatus");
        assertThat(names(body.path("trade"))).contains("id", "user_id", "symbol", "entryZone", "targets", "stopLoss", "timeframe", "timeframeHours",
                "confidence", "quantumReasoning", "mathematicalJustification", "wavePatternCollapse", "dataQualityScore", "crossAPIProof",
                "historicalTriggers", "status", "generatedAt", "expiresAt", "lastValidatedAt", "direction");
        assertThat(body.at("/trade/user_id").textValue()).isEqualTo(user.toString());
        assertThat(body.at("/trade/entryZone/optimal").isNumber()).isTrue();
        JsonNode hour = body.path("validationHistory").path(0);
        assertThat(names(hour)).contains("id", "trade_id", "price", "volume_24h", "market_cap", "mempool_size", "whale_transactions",
                "sentiment_score", "social_dominance", "deviation_from_prediction", "phase_shift_detected", "data_quality_score", "snapshot_at");
        assertThat(hour.path("trade_id").textValue()).isEqualTo(id.toString());
        assertThat(hour.path("price").isNumber()).isTrue();
        assertThat(hour.path("mempool_size").intValue()).isEqualTo(25_000);
        JsonNode status = body.path("currentStatus");
        assertThat(names(status)).contains("status", "currentPrice", "targetsHit", "deviationScore", "phaseShiftDetected", "lastValidated");
        assertThat(names(status.path("targetsHit"))).containsExactly("tp1", "tp2", "tp3", "stopLoss");
        assertThat(Instant.parse(status.path("lastValidated").textValue())).isNotNull();
        assertThat(body.path("anomalies").isArray()).isTrue();
    }

    @Test
    void a_migrated_trade_has_an_empty_proof_and_claims_nothing_that_is_unknown() {
        UUID user = app.user();
        UUID id = migrated(user, 5, "HIT", "NULL");
        JsonNode body = json(app.get(DETAILS + id, user));
        assertThat(body.at("/trade/crossAPIProof").toString()).isEqualTo("[]");
        assertThat(body.at("/trade/historicalTriggers").toString()).isEqualTo("[]");
        assertThat(body.at("/trade/confidence").isNull()).isTrue();
        assertThat(body.at("/trade/timeframe").isNull()).isTrue();
        assertThat(body.at("/trade/lastValidatedAt").isNull()).isTrue();
        assertThat(body.at("/trade/direction").textValue()).isEqualTo("LONG");
        assertThat(body.at("/trade/entryZone/min").decimalValue()).isEqualByComparingTo("99999.5");
        assertThat(body.at("/currentStatus/currentPrice").isNull()).isTrue();
        assertThat(body.at("/currentStatus/targetsHit/tp1").isNull()).isTrue();
        assertThat(body.path("validationHistory")).isEmpty();
    }

    @Test
    void another_users_trade_is_not_there_and_an_admin_sees_it() {
        UUID owner = app.user();
        UUID id = migrated(owner, 5, "ACTIVE", "'4h'");
        HttpResponse<String> hidden = app.get(DETAILS + id, app.user());
        say(hidden, 404);
        assertThat(hidden.body()).isEqualTo("{\"success\":false,\"error\":\"Trade not found.\"}");
        assertThat(app.get(DETAILS + UUID.randomUUID(), owner).body()).isEqualTo(hidden.body());
        say(app.app().get(DETAILS + id, TestTokens.admin(UUID.randomUUID())), 200);
        assertThat(json(app.get(LIST, app.user())).path("trades")).isEmpty();
        assertThat(json(app.get(DASHBOARD, app.user())).at("/metrics/totalTrades").intValue()).isZero();
        assertThat(json(app.get(DASHBOARD, owner)).at("/metrics/totalTrades").intValue()).isEqualTo(1);
    }

    @Test
    void an_id_that_is_none_is_refused() {
        UUID user = app.user();
        for (String id : List.of("1", "1-1-1-1-1", "x'--", "%27%20OR%201=1", "..%2f", UUID.randomUUID() + "0")) {
            HttpResponse<String> refused = app.get(DETAILS + id, user);
            say(refused, 400);
            assertThat(refused.body()).isEqualTo("{\"success\":false,\"error\":\"Invalid trade ID parameter.\"}");
        }
        HttpResponse<String> posted = app.app().post(DETAILS + UUID.randomUUID(), "{}", TestTokens.user(user));
        say(posted, 405);
        assertThat(json(posted).path("error").textValue()).isEqualTo("Method not allowed. Use GET.");
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void no_endpoint_of_a_user_takes_a_token_that_is_none() {
        UUID user = app.user();
        Map<String, String> endpoints = Map.of(DETAILS + migrated(user, 1, "ACTIVE", "'4h'"), "GET", DASHBOARD, "GET", LIST, "GET", LIST + "?limit=0", "GET",
                TradeApp.GENERATE, "POST");
        String good = TestTokens.user(user);
        List<String> tokens = new ArrayList<>(List.of("abc", TestApp.CRON_SECRET, good + "x", good.substring(0, good.lastIndexOf('.') + 1),
                new PlainJWT(TestTokens.claims(user).build()).serialize(),
                TestTokens.sign(TestTokens.claims(user).expirationTime(Date.from(app.clock().instant().minus(Duration.ofMinutes(5)))).build()),
                TestTokens.sign(TestTokens.claims(user).subject("nobody").build())));
        tokens.add(null);
        endpoints.forEach((path, method) -> tokens.forEach(token -> {
            HttpResponse<String> refused = app.app().send(method, path, null, token);
            assertThat(refused.statusCode()).as(path + " with " + token).isEqualTo(401);
            assertThat(json(refused).path("error").textValue()).isEqualTo("Unauthorized. Please log in.");
        }));
        assertThat(app.database().value("SELECT count(*) FROM btc_trades WHERE user_id = '" + user + "'", Long.class)).isEqualTo(1);
    }

    @Test
    void a_token_for_another_audience_is_none() {
        try (TestApp strict = TestApp.on(app.database(), Map.of("jwt.audience", "authenticated", "validation.cron", "0 0 0 1 1 ? 2098"))) {
            UUID user = app.user();
            assertThat(strict.get(LIST, TestTokens.user(user)).statusCode()).isEqualTo(401);
            assertThat(strict.get(LIST, TestTokens.sign(TestTokens.claims(user).audience("authenticated").build())).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pages_show_every_trade_once_while_others_are_added() {
        UUID user = app.user();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            // Three of one moment, so that the id decides their order.
            wanted.add(migrated(user, 10 + i / 3, "ACTIVE", "'1h'").toString());
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            HttpResponse<String> answer = app.get(LIST + "?limit=5" + next, user);
            say(answer, 200);
            json(answer).path("trades").forEach(trade -> seen.add(trade.path("id").textValue()));
            migrated(user, 0, "ACTIVE", "'1h'");
            JsonNode cursor = json(answer).path("next");
            next = cursor.isNull() ? null : "&cursor=" + cursor.textValue();
        } while (next != null);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void the_list_is_filtered_by_status_timeframe_and_time() {
        UUID user = app.user();
        String hit = migrated(user, 30, "HIT", "'4h'").toString();
        String old = migrated(user, 600, "ACTIVE", "'1d'").toString();
        String open = migrated(user, 10, "ACTIVE", "NULL").toString();
        assertThat(ids(user, "")).containsExactly(open, hit, old);
        assertThat(ids(user, "?status=HIT")).containsExactly(hit);
        assertThat(ids(user, "?status=active&timeframe=1d")).containsExactly(old);
        Instant now = app.clock().instant();
        assertThat(ids(user, "?from=" + now.minus(Duration.ofHours(1)))).containsExactly(open, hit);
        assertThat(ids(user, "?to=" + now.minus(Duration.ofMinutes(30)))).as("the end is not part of it").containsExactly(old);
        assertThat(ids(user, "?from=" + now.minus(Duration.ofMinutes(30)) + "&to=" + now.minus(Duration.ofMinutes(10)))).containsExactly(hit);
    }

    private static List<String> ids(UUID user, String query) {
        HttpResponse<String> answer = app.get(LIST + query, user);
        say(answer, 200);
        assertThat(names(json(answer))).containsExactly("success", "trades", "next");
        List<String> ids = new ArrayList<>();
        json(answer).path("trades").forEach(trade -> ids.add(trade.path("id").textValue()));
        return ids;
    }

    @Test
    void a_filter_that_cannot_be_understood_is_refused() {
        UUID user = app.user();
        for (String query : List.of("limit=0", "limit=101", "limit=x", "limit=1e2", "limit=", "status=OPEN", "status=", "from=yesterday", "to=2026-13-01T00:00:00Z",
                "from=-999999999-01-01T00:00:00Z", "to=%2B10000-01-01T00:00:00Z", "cursor=x", "cursor=_", "cursor=2026-01-01T00:00:00Z_x",
                "cursor=%2B1000000000-12-31T23:59:59Z_00000000-0000-0000-0000-000000000000", "timeframe=12345678901", "limit=1&limit=2")) {
            HttpResponse<String> refused = app.get(LIST + "?" + query, user);
            assertThat(refused.statusCode()).as(query + ": " + refused.body()).isEqualTo(400);
            assertThat(json(refused).path("error").textValue()).isNotBlank();
        }
        say(app.get(LIST + "?unknown=1&userId=" + UUID.randomUUID(), user), 200);
    }

    @Test
    void the_dashboard_has_every_field_of_the_contract() {
        UUID user = app.user();
        migrated(user, 5, "HIT", "'4h'");
        migrated(user, 6, "ACTIVE", "'4h'");
        HttpResponse<String> answer = app.get(DASHBOARD, user);
        say(answer, 200);
        assertThat(names(json(answer))).containsExactly("success", "metrics");
        JsonNode metrics = json(answer).path("metrics");
        assertThat(names(metrics)).contains("totalTrades", "overallAccuracy", "totalProfitLoss", "averageConfidenceWinning", "averageConfidenceLosing",
                "bestTimeframe", "worstTimeframe", "recentTrades", "dataQualityTrend", "apiReliability", "anomalyCount",
                "expectancy", "profitFactor", "maxDrawdown", "score", "baseRate", "buyAndHold", "accuracyInterval", "counts");
        assertThat(metrics.path("totalTrades").intValue()).isEqualTo(2);
        assertThat(metrics.path("bestTimeframe").textValue()).isEqualTo("N/A");
        assertThat(metrics.path("worstTimeframe").textValue()).isEqualTo("N/A");
        assertThat(metrics.path("totalProfitLoss").isNull()).as("a migrated status carries no profit").isTrue();
        assertThat(names(metrics.path("apiReliability"))).containsExactly("cmc", "coingecko", "kraken", "blockchain", "lunarcrush");
        assertThat(metrics.path("dataQualityTrend").isArray()).isTrue();
        assertThat(metrics.path("anomalyCount").isIntegralNumber()).isTrue();
        assertThat(metrics.path("recentTrades")).hasSize(2);
        assertThat(names(metrics.path("recentTrades").path(0))).containsExactly("id", "symbol", "entry_optimal", "tp1_price", "tp2_price", "tp3_price",
                "stop_loss_price", "timeframe", "confidence_score", "status", "generated_at", "data_quality_score");
        assertThat(metrics.at("/recentTrades/0/entry_optimal").isNumber()).isTrue();
    }

    @Test
    void an_error_of_the_dashboard_keeps_the_fields_that_clients_read() {
        HttpResponse<String> refused = app.app().post(DASHBOARD, "{}", TestTokens.user(app.user()));
        say(refused, 405);
        JsonNode body = json(refused);
        assertThat(body.path("success").booleanValue()).isFalse();
        assertThat(body.at("/metrics/totalTrades").intValue()).isZero();
        assertThat(body.at("/metrics/bestTimeframe").textValue()).isEqualTo("N/A");
        assertThat(names(body.at("/metrics/apiReliability"))).hasSize(5);
    }

    @Test
    void validation_is_started_by_post_by_get_and_by_a_secret_in_the_body() {
        UUID user = app.user();
        migrated(user, 5, "ACTIVE", "'4h'");
        for (HttpResponse<String> answer : List.of(app.app().post(VALIDATE, null, TestApp.CRON_SECRET), app.app().get(VALIDATE, TestApp.CRON_SECRET),
                app.app().post(VALIDATE, "{\"cronSecret\":\"" + TestApp.CRON_SECRET + "\"}", null),
                app.app().send(app.app().request(VALIDATE, null).header("x-cron-secret", TestApp.CRON_SECRET).GET()))) {
            say(answer, 200);
            JsonNode body = json(answer);
            assertThat(body.path("success").booleanValue()).as(answer.body()).isTrue();
            assertThat(names(body.path("summary"))).containsExactly("tradesValidated", "tradesHit", "tradesNotHit", "tradesInvalidated", "tradesExpired",
                    "anomaliesDetected", "executionTime");
            body.path("summary").forEach(count -> assertThat(count.isIntegralNumber()).isTrue());
            assertThat(body.at("/summary/tradesValidated").intValue()).isPositive();
        }
        assertThat(app.database().value("SELECT count(DISTINCT who) = 1 AND min(who) = 'rest' FROM quantum_ops.validation_runs", Boolean.class)).isTrue();
    }

    @Test
    void validation_refuses_whoever_has_not_the_secret() {
        for (HttpResponse<String> refused : List.of(app.app().post(VALIDATE, null, null), app.app().get(VALIDATE, "wrong"), app.app().get(VALIDATE, ""),
                app.app().post(VALIDATE, "{\"cronSecret\":\"\"}", null), app.app().post(VALIDATE, "{\"cronSecret\":null}", null),
                app.app().post(VALIDATE, null, TestTokens.admin(app.user())))) {
            say(refused, 401);
            JsonNode body = json(refused);
            assertThat(body.path("success").booleanValue()).isFalse();
            assertThat(body.path("errors").toString()).isEqualTo("[\"Unauthorized. Invalid cron secret.\"]");
            assertThat(names(body.path("summary"))).hasSize(7);
            body.path("summary").forEach(count -> assertThat(count.intValue()).isZero());
        }
        HttpResponse<String> put = app.app().send("PUT", VALIDATE, "{}", TestApp.CRON_SECRET);
        say(put, 405);
        assertThat(json(put).path("errors").path(0).textValue()).isEqualTo("Method not allowed. Use GET or POST.");
    }

    @Test
    void a_validation_under_way_is_not_started_again() {
        app.database().execute("INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at)"
                + " VALUES (gen_random_uuid(), 'RUNNING', 'timer', 'other', now(), now())");
        try {
            HttpResponse<String> refused = app.app().post(VALIDATE, null, TestApp.CRON_SECRET);
            say(refused, 409);
            assertThat(json(refused).path("errors").path(0).textValue()).startsWith("a validation is already under way");
            assertThat(json(refused).at("/summary/tradesValidated").intValue()).isZero();
        } finally {
            app.database().execute("DELETE FROM quantum_ops.validation_runs WHERE process = 'other'");
        }
    }

    @Test
    void faults_of_ours_are_told_in_the_words_of_the_contract() {
        UUID user = app.user();
        app.database().execute("ALTER TABLE btc_trades RENAME COLUMN wave_pattern_collapse TO gone");
        app.database().execute("ALTER TABLE quantum_ops.validation_runs RENAME COLUMN who TO gone");
        try {
            HttpResponse<String> details = app.get(DETAILS + UUID.randomUUID(), user);
            say(details, 500);
            assertThat(details.body()).isEqualTo("{\"success\":false,\"error\":\"Internal server error. Failed to fetch trade details.\"}");
            HttpResponse<String> validation = app.app().get(VALIDATE, TestApp.CRON_SECRET);
            say(validation, 500);
            assertThat(json(validation).path("errors").toString()).isEqualTo("[\"Internal server error. Validation failed.\"]");
            assertThat(json(validation).at("/summary/executionTime").intValue()).isZero();
        } finally {
            app.database().execute("ALTER TABLE btc_trades RENAME COLUMN gone TO wave_pattern_collapse");
            app.database().execute("ALTER TABLE quantum_ops.validation_runs RENAME COLUMN gone TO who");
        }
    }
}
