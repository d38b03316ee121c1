package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;

class EndpointsTest {

    private static TestDatabase database;
    private static TestApp app;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        app = TestApp.on(database);
    }

    @AfterAll
    static void stop() {
        app.close();
        database.close();
    }

    @Test
    void every_endpoint_is_in_the_access_table_with_each_of_its_methods() {
        CamelContext context = app.app().template().getCamelContext();
        AccessTable table = new AccessTable();
        for (HttpEndpointModel endpoint : context.getComponent("platform-http", PlatformHttpComponent.class).getHttpEndpoints()) {
            assertThat(endpoint.getVerbs()).as("methods of %s", endpoint.getUri()).isNotNull();
            assertThat(table.of(endpoint.getUri())).as(endpoint.getUri()).containsKeys(endpoint.getVerbs().split(","));
        }
    }

    @Test
    void only_what_must_be_open_is_open() {
        List<String> open = List.of("/api/quantum/health", "/api/openapi.json", "/api/docs", "/api/docs/page.js", "/api/docs/page.css");
        AccessTable table = new AccessTable();
        for (String path : open) {
            assertThat(table.of(path)).containsValue(Access.OPEN);
            assertThat(app.get(path, null).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(app.get("/api/quantum/migrations", null).statusCode()).isEqualTo(401);
    }

    @Test
    void the_description_lists_every_endpoint_that_a_program_calls() throws Exception {
        HttpResponse<String> answer = app.get("/api/openapi.json", null);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode api = new ObjectMapper().readTree(answer.body());
        assertThat(api.path("openapi").asText()).startsWith("3.1");
        List<String> described = new ArrayList<>();
        api.path("paths").fields().forEachRemaining(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        assertThat(described).contains("GET /api/quantum/health", "POST /api/quantum/migrations", "GET /api/quantum/migrations/{runId}",
                "PUT /api/quantum/migrations/{runId}/throttle",
                "POST /api/quantum/generate-btc-trade", "GET /api/quantum/trades", "GET /api/quantum/trade-details/{tradeId}",
                "GET /api/quantum/performance-dashboard", "GET /api/quantum/validate-btc-trades", "POST /api/quantum/validate-btc-trades", "POST /api/quantum/migrations/rollback");
        assertThat(answer.body()).doesNotContain("0.0.0.0", "localhost");
    }

    @Test
    void the_page_brings_nothing_from_elsewhere() {
        HttpResponse<String> page = app.get("/api/docs", null);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
                assertThat(policy).contains("default-src 'none'", "script-src 'self'").doesNotContain("unsafe", "http"));
        assertThat(page.body()).doesNotContain("//", "onclick", "style=").contains("/api/docs/page.js");
        assertThat(app.get("/api/docs/page.js", null).headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(app.get("/api/docs/page.css", null).headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
    }
}
