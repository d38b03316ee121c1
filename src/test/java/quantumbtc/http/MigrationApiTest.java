package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

/** What each verb hands to the migration's own routes; these are replaced by ones that take notes. */
class MigrationApiTest {

    private static final String BASE = "/api/quantum/migrations";
    private static final UUID RUN = UUID.randomUUID();
    private static final List<String> ROUTES = List.of("plan", "start", "status", "pause", "resume", "cancel", "throttle", "verify",
            "quarantine-list", "quarantine-retry", "quarantine-accept", "rollback", "archive", "backup", "log");
    private static final Map<String, Object> CALLED = new ConcurrentHashMap<>();
    private static TestDatabase database;
    private static TestApp app;

    record Status(UUID runId, String state) {
    }

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        app = TestApp.on(database);
        for (String route : ROUTES) {
            app.replace("migration-" + route, exchange -> {
                CALLED.clear();
                CALLED.put(route, exchange.getMessage().getBody() == null ? "nothing" : exchange.getMessage().getBody());
                exchange.getMessage().setBody(new Status(RUN, "RUNNING"));
            });
        }
    }

    @AfterAll
    static void stop() {
        app.close();
        database.close();
    }

    private static HttpResponse<String> call(String method, String path, String json) {
        CALLED.clear();
        return app.send(method, BASE + path, json, TestTokens.admin(UUID.randomUUID()));
    }

    private static void calls(String method, String path, String json, String route, Object body) {
        HttpResponse<String> answer = call(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true,\"runId\":\"" + RUN + "\",\"state\":\"RUNNING\"}");
        assertThat(CALLED).isEqualTo(Map.of(route, body));
    }

    private static void badRequest(String method, String path, String json) {
        HttpResponse<String> answer = call(method, path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"success\":false,\"error\":");
        assertThat(CALLED).isEmpty();
    }

    @Test
    void a_start_is_accepted_and_says_where_its_run_is() {
        HttpResponse<String> answer = call("POST", "", "{\"workers\":2}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).hasValue(BASE + "/" + RUN);
        assertThat(answer.body()).contains("\"runId\":\"" + RUN + "\"");
        assertThat(CALLED).isEqualTo(Map.of("start", Map.of("workers", 2)));
    }

    @Test
    void each_verb_calls_its_route() {
        calls("GET", "/plan", null, "plan", "nothing");
        calls("GET", "", null, "status", "nothing");
        calls("GET", "/" + RUN, null, "status", RUN);
        calls("POST", "/" + RUN + "/pause", null, "pause", RUN);
        calls("POST", "/" + RUN + "/resume", null, "resume", RUN);
        calls("POST", "/" + RUN + "/cancel", null, "cancel", RUN);
        calls("POST", "/verify", null, "verify", Map.of());
        calls("POST", "/archive", null, "archive", Map.of());
        calls("POST", "/backup", "{}", "backup", Map.of());
        calls("POST", "/rollback", "{\"confirm\":\"ROLLBACK\"}", "rollback", Map.of("confirm", "ROLLBACK"));
    }

    @Test
    void the_throttle_takes_a_factor_and_a_rate() {
        calls("PUT", "/" + RUN + "/throttle", "{\"factor\":2.50,\"rowsPerSecond\":5e3}", "throttle",
                Map.of("runId", RUN, "factor", "2.5", "rowsPerSecond", "5000"));
        calls("PUT", "/" + RUN + "/throttle", "{\"rowsPerSecond\":0}", "throttle", Map.of("runId", RUN, "rowsPerSecond", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"factor\":null}", "{\"factor\":-1}", "{\"factor\":1000}", "{\"factor\":1.234}", "{\"factor\":\"2\"}",
        "{\"rowsPerSecond\":true}", "{\"rowsPerSecond\":0.5}", "{\"rowsPerSecond\":1e99}", "{\"rowsPerSecond\":1e-999999}"})
    void a_throttle_must_be_in_its_range(String json) {
        badRequest("PUT", "/" + RUN + "/throttle", json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1-1-1-1-1", "null", "quarantin", "00000000-0000-0000-0000-00000000000g", "%20", "'", "%27%20OR%201=1"})
    void a_run_id_must_be_one(String id) {
        badRequest("GET", "/" + id, null);
        badRequest("POST", "/" + id + "/pause", null);
        badRequest("PUT", "/" + id + "/throttle", "{\"factor\":2}");
        badRequest("GET", "/log?runId=" + id, null);
    }

    @Test
    void lists_are_read_page_by_page() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("reason", null);
        first.put("after", null);
        first.put("limit", 100);
        calls("GET", "/quarantine", null, "quarantine-list", first);
        calls("GET", "/quarantine?reason=USER_UNKNOWN&after=" + RUN + "&limit=7", null, "quarantine-list",
                Map.of("reason", "USER_UNKNOWN", "after", RUN, "limit", 7));
        calls("GET", "/log?runId=" + RUN + "&after=12&limit=1000&order=newest&step=copy", null, "log",
                Map.of("runId", RUN, "after", 12L, "limit", 1000, "order", "newest", "step", "copy"));
        badRequest("GET", "/log?order=random", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=", "limit=1e2", "limit=99999999999999999999", "after=x"})
    void a_page_must_be_a_page(String query) {
        badRequest("GET", "/quarantine?" + query, null);
        badRequest("GET", "/log?" + query, null);
    }

    @Test
    void quarantined_rows_are_tried_again_by_id_by_reason_or_all() {
        calls("POST", "/quarantine/retry", "{\"ids\":[\"" + RUN + "\"]}", "quarantine-retry", Map.of("ids", List.of(RUN)));
        calls("POST", "/quarantine/retry", "{\"reason\":\"NOT_A_NUMBER\"}", "quarantine-retry", Map.of("reason", "NOT_A_NUMBER"));
        calls("POST", "/quarantine/retry", null, "quarantine-retry", Map.of());
        badRequest("POST", "/quarantine/retry", "{\"ids\":\"" + RUN + "\"}");
        badRequest("POST", "/quarantine/retry", "{\"ids\":[5]}");
        badRequest("POST", "/quarantine/retry", "{\"reason\":5}");
    }

    @Test
    void who_accepts_is_the_caller_whatever_the_body_says() {
        UUID caller = UUID.randomUUID();
        HttpResponse<String> answer = app.post(BASE + "/quarantine/accept", "{\"reason\":\"INFINITE\",\"why\":\"test data\",\"who\":\"someone\"}",
                TestTokens.admin(caller));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(CALLED).isEqualTo(Map.of("quarantine-accept", Map.of("reason", "INFINITE", "why", "test data", "who", caller.toString())));
        badRequest("POST", "/quarantine/accept", "{\"reason\":\"INFINITE\"}");
        badRequest("POST", "/quarantine/accept", "{\"why\":\"because\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"confirm\":\"rollback\"}", "{\"confirm\":true}", "{\"confirm\":\"ROLLBACK \"}"})
    void a_rollback_needs_the_typed_word(String json) {
        badRequest("POST", "/rollback", json);
    }

    @Test
    void only_an_admin_gets_anywhere() {
        String user = TestTokens.user(UUID.randomUUID());
        CALLED.clear();
        for (String path : List.of("", "/plan", "/log", "/quarantine", "/" + RUN)) {
            assertThat(app.get(BASE + path, null).statusCode()).isEqualTo(401);
            assertThat(app.get(BASE + path, user).statusCode()).isEqualTo(403);
        }
        for (String path : List.of("", "/verify", "/rollback", "/archive", "/backup", "/quarantine/retry", "/quarantine/accept",
                "/" + RUN + "/pause", "/" + RUN + "/resume", "/" + RUN + "/cancel")) {
            assertThat(app.post(BASE + path, "{\"confirm\":\"ROLLBACK\"}", null).statusCode()).isEqualTo(401);
            assertThat(app.post(BASE + path, "{\"confirm\":\"ROLLBACK\"}", user).statusCode()).isEqualTo(403);
        }
        assertThat(app.send("PUT", BASE + "/" + RUN + "/throttle", "{\"factor\":2}", user).statusCode()).isEqualTo(403);
        assertThat(CALLED).isEmpty();
    }
}
