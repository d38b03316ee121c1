package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

class AnswersTest {

    private static final String BACKUP = "/api/quantum/migrations/backup";
    private static TestDatabase database;
    private static TestApp app;
    private static volatile Processor route;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        app = TestApp.on(database).replace("migration-backup", exchange -> route.process(exchange))
                .replace("migration-plan", exchange -> route.process(exchange));
    }

    @AfterAll
    static void stop() {
        app.close();
        database.close();
    }

    /** A user of its own each time, so that no limit is reached. */
    private static String admin() {
        return TestTokens.admin(UUID.randomUUID());
    }

    private static HttpResponse<String> failing(Exception error) {
        route = exchange -> {
            throw error;
        };
        return app.post(BACKUP, null, admin());
    }

    private static void says(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"error\":\"" + error + "\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        secured(answer);
    }

    private static void secured(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(value -> assertThat(value).contains("default-src 'none'"));
        assertThat(answer.headers().allValues("Cache-Control")).hasSize(1);
    }

    @Test
    void a_fault_of_ours_says_nothing_of_itself() {
        says(failing(new IllegalStateException("secret at quantumbtc.Secret")), 500, "Internal server error.");
        says(failing(new SQLException("ERROR: column \"x\" does not exist", "42703")), 500, "Internal server error.");
        says(failing(new NullPointerException()), 500, "Internal server error.");
        says(failing(new IllegalArgumentException(new IllegalStateException(new SQLException("x", "23505")))), 500, "Internal server error.");
    }

    @Test
    void each_exception_has_its_status() {
        says(failing(new Refused("a run is under way: cancel it first. Nothing was changed.")), 409,
                "a run is under way: cancel it first. Nothing was changed.");
        says(failing(Problem.of(422, "There is no such timeframe.")), 422, "There is no such timeframe.");
        says(failing(Problem.notFound("Trade not found.")), 404, "Trade not found.");
        says(failing(Problem.of(410, "This endpoint has been deprecated")), 410, "This endpoint has been deprecated");
        says(failing(new TimeoutException("late")), 504, "The answer did not come in time.");
        says(failing(new SQLException("canceling statement", "57014")), 504, "The answer did not come in time.");
        says(failing(new RuntimeException(new SQLTransientConnectionException("pool"))), 503,
                "The database does not answer. Nothing was changed; try again.");
        says(failing(new RuntimeException(new SQLException("ERROR: relation \"x\" does not exist", "42P01"))), 503,
                "The Quantum tables are not there: the migration has not begun, or was rolled back.");
        says(failing(new SQLException("terminating connection", "57P01")), 503,
                "The database does not answer. Nothing was changed; try again.");
    }

    @Test
    void a_problem_may_say_when_to_try_again_and_carry_more() {
        HttpResponse<String> answer = failing(Problem.tooManyRequests("Later.", Duration.ofMillis(1_500)).with("limit", 10));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"error\":\"Later.\",\"limit\":10}");
        assertThat(failing(Problem.unavailable("Suspended.", Duration.ofMinutes(5))).headers().firstValue("Retry-After")).hasValue("300");
    }

    @Test
    void what_the_server_itself_refuses_is_told_in_the_same_words() {
        says(app.get("/api/quantum/nothing", null), 404, "Not found.");
        says(app.get("/nothing", null), 404, "Not found.");
        says(app.get("/api/quantum/health/x", null), 404, "Not found.");
        says(app.get("/application.properties", null), 404, "Not found.");
        HttpResponse<String> wrongMethod = app.send("DELETE", "/api/quantum/migrations", null, admin());
        says(wrongMethod, 405, "Method not allowed. Use GET or POST.");
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("GET, POST");
        says(app.send("GET", BACKUP, null, admin()), 400, "The run id must be a UUID.");
        says(app.send("PUT", "/api/quantum/migrations/verify", null, admin()), 405, "Method not allowed. Use GET or POST.");
        says(app.send("PATCH", "/api/quantum/health", null, null), 405, "Method not allowed. Use GET.");
    }

    @Test
    void a_body_must_be_json_and_of_a_size() {
        route = exchange -> { };
        says(app.post(BACKUP, "{\"a\":\"" + "x".repeat(1_100_000) + "\"}", admin()), 413, "The body is too large. At most 1 MB is taken.");
        says(app.post(BACKUP, "{\"a\":", admin()), 400, "The body is not valid JSON.");
        says(app.post(BACKUP, "{\"a\":1} x", admin()), 400, "The body is not valid JSON.");
        says(app.post(BACKUP, "{\"a\":1,\"a\":2}", admin()), 400, "The body is not valid JSON.");
        says(app.post(BACKUP, "[".repeat(100_000), admin()), 400, "The body is not valid JSON.");
        says(app.post(BACKUP, "[1]", admin()), 400, "The body must be a JSON object.");
        says(app.post(BACKUP, "{\"a\":[\"\\u0000\"]}", admin()), 400, "The body holds the character U+0000.");
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
                "application/json; charset=utf-16", "application/jsonx", "")) {
            says(app.send(app.request(BACKUP, admin()).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString("{}"))),
                    415, "The body must be application/json.");
        }
        says(app.send(app.request(BACKUP, admin()).POST(HttpRequest.BodyPublishers.ofString("{}"))), 415, "The body must be application/json.");
        assertThat(app.post(BACKUP, "", admin()).statusCode()).isEqualTo(200);
        assertThat(app.send(app.request(BACKUP, admin()).header("Content-Type", "Application/JSON;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_of_a_request_comes_back() {
        route = exchange -> exchange.getMessage().setBody(Map.of("state", "x"));
        HttpResponse<String> answer = app.send(app.request("/api/quantum/migrations/plan?mirror=evil1&Location=evil2&ETag=evil3&ContentType=evil4", admin())
                .header("X-Mirror", "evil5").header("Set-Cookie", "evil6=1").header("Link", "evil7").header("Retry-After", "evil8")
                .header("Accept", "evil9/x").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().toString() + answer.body()).doesNotContain("evil", "Bearer");
        assertThat(answer.headers().map().keySet()).containsExactlyInAnyOrder("cache-control", "content-length", "content-security-policy",
                "content-type", "cross-origin-resource-policy", "referrer-policy", "vary", "x-content-type-options", "x-frame-options");
        secured(answer);
    }

    @Test
    void what_a_client_names_like_camel_does_not_reach_the_route() {
        List<String> seen = new ArrayList<>();
        List<Object> body = new ArrayList<>();
        route = exchange -> {
            exchange.getMessage().getHeaders().forEach((name, value) -> seen.add(name + "=" + value));
            body.add(exchange.getMessage().getBody());
        };
        HttpResponse<String> answer = app.send(app.request(
                "/api/quantum/migrations/plan?CamelHttpResponseCode=299&camelHttpUri=evil&limit=5&CamelBeanMethodName=evil&runId=a%20b&x-y=1", admin())
                .header("CamelHttpResponseCode", "298").header("CamelFileName", "evil").header("CAMELSqlQuery", "evil")
                .header("org.apache.camel.x", "evil").header("Idempotency-Key", "k1").header("X-Other", "evil").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(String.join(" ", seen.stream().filter(entry -> !entry.startsWith("CamelHttp")).toList())).doesNotContain("evil", "299", "298");
        assertThat(seen).contains("limit=5", "runId=a b", "Idempotency-Key=k1").doesNotContain("CamelHttpResponseCode=299", "x-y=1");
        assertThat(body).containsExactly((Object) null);
    }

    @Test
    void a_parameter_comes_once_and_holds_no_nul() {
        says(app.get("/api/quantum/migrations/log?limit=1&limit=2", admin()), 400, "The parameter limit may come once only.");
        says(app.get("/api/quantum/migrations/log?after=%00", admin()), 400, "The parameter after is too long or holds the character U+0000.");
        says(app.get("/api/quantum/migrations/log?after=" + "9".repeat(2_001), admin()), 400,
                "The parameter after is too long or holds the character U+0000.");
    }

    @Test
    void an_object_gets_success_and_a_list_becomes_items() {
        route = exchange -> exchange.getMessage().setBody(List.of(1, 2));
        assertThat(app.post(BACKUP, null, admin()).body()).isEqualTo("{\"success\":true,\"items\":[1,2]}");
        route = exchange -> exchange.getMessage().setBody(Map.of("success", false));
        assertThat(app.post(BACKUP, null, admin()).body()).isEqualTo("{\"success\":false}");
        route = exchange -> exchange.getMessage().setBody(null);
        assertThat(app.post(BACKUP, null, admin()).body()).isEqualTo("{\"success\":true}");
        record Row(java.math.BigDecimal price, java.time.Instant at, Integer unknown) { }
        route = exchange -> exchange.getMessage().setBody(new Row(new java.math.BigDecimal("1E+5"), java.time.Instant.EPOCH, null));
        assertThat(app.post(BACKUP, null, admin()).body())
                .isEqualTo("{\"success\":true,\"price\":100000,\"at\":\"1970-01-01T00:00:00Z\",\"unknown\":null}");
        route = exchange -> exchange.getMessage().setBody(List.of(new java.math.BigDecimal("12.50000000"), new java.math.BigDecimal("0E-8"),
                new java.math.BigDecimal("0.00000001")));
        assertThat(app.post(BACKUP, null, admin()).body()).isEqualTo("{\"success\":true,\"items\":[12.5,0,0.00000001]}");
        record Said(boolean success, int count) { }
        route = exchange -> exchange.getMessage().setBody(new Said(false, 1));
        assertThat(app.post(BACKUP, null, admin()).body()).isEqualTo("{\"success\":false,\"count\":1}");
        route = exchange -> exchange.getMessage().setBody(Map.of());
        assertThat(app.post(BACKUP, null, admin()).body()).isEqualTo("{\"success\":true}");
    }
}
