package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

class HealthTest {

    @Test
    void a_database_that_is_gone_is_told_within_seconds_and_again_when_it_is_back() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema(); TestDatabase other = TestDatabase.empty();
             TestApp app = TestApp.on(database, Map.of("database.pool-size", "4"))) {
            String name = database.value("SELECT current_database()", String.class);
            assertThat(app.get("/api/quantum/health", null).body())
                    .matches("\\{\"success\":true,\"status\":\"UP\",\"database\":\\{\"status\":\"UP\",\"responseTimeMs\":\\d+},\"version\":\"development\"}");
            assertThat(managed(app, "/health/live").statusCode()).isEqualTo(200);
            assertThat(managed(app, "/health/ready").statusCode()).isEqualTo(200);
            HttpResponse<String> metrics = managed(app, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).contains("camel_exchanges_total");

            database.database().close();
            other.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            long start = System.nanoTime();
            HttpResponse<String> down = app.get("/api/quantum/health", null);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body()).isEqualTo("{\"success\":false,\"error\":\"The database does not answer within 2 seconds.\","
                    + "\"status\":\"DOWN\",\"database\":{\"status\":\"DOWN\"},\"version\":\"development\"}");
            assertThat(down.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(managed(app, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(managed(app, "/health/live").statusCode()).as("nobody restarts us for it").isEqualTo(200);
            HttpResponse<String> write = app.post("/api/quantum/migrations/archive", null, TestTokens.admin(UUID.randomUUID()));
            assertThat(write.statusCode()).isEqualTo(503);
            assertThat(write.body()).doesNotContain("SQL", "Hikari");

            other.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            for (int i = 0; i < 60 && app.get("/api/quantum/health", null).statusCode() != 200; i++) {
                Thread.sleep(500);
            }
            assertThat(app.get("/api/quantum/health", null).statusCode()).isEqualTo(200);
            assertThat(managed(app, "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> managed(TestApp app, String path) {
        return app.send(HttpRequest.newBuilder(app.management(path)).timeout(Duration.ofSeconds(10)).GET());
    }
}
