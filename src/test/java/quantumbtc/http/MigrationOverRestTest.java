package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

/** The migration's own routes behind the endpoints, from the plan to the rollback. */
class MigrationOverRestTest {

    private static final String BASE = "/api/quantum/migrations";

    @Test
    void a_deployment_is_planned_migrated_verified_and_rolled_back(@TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabase.withSchema();
             TestApp app = TestApp.on(database, Map.of("data.directory", folder.toString()))) {
            legacyRows(database);
            String admin = TestTokens.admin(UUID.randomUUID());
            assertThat(app.get(BASE, admin).statusCode()).as("no run yet").isEqualTo(404);
            assertThat(app.get(BASE + "/" + UUID.randomUUID(), admin).body()).contains("There is no migration run");
            assertThat(json(app.get(BASE + "/plan", admin), 200).path("success").asBoolean()).isTrue();

            HttpResponse<String> started = app.post(BASE, null, admin);
            String runId = json(started, 202).path("runId").asText();
            String place = started.headers().firstValue("Location").orElseThrow();
            assertThat(place).isEqualTo(BASE + "/" + runId);
            JsonNode status = json(app.get(place, admin), 200);
            for (int i = 0; i < 100 && status.path("state").asText().equals("RUNNING"); i++) {
                Thread.sleep(200);
                status = json(app.get(place, admin), 200);
            }
            assertThat(status.path("state").asText()).as(status.toString()).isEqualTo("COMPLETED");
            assertThat(status.path("rowsMigrated").asLong()).isEqualTo(4);
            assertThat(status.path("rowsQuarantined").asLong()).isEqualTo(1);
            assertThat(status.path("startedAt").asText()).endsWith("Z");

            assertThat(json(app.post(BASE + "/" + runId + "/pause", null, admin), 409).path("error").asText()).contains("not running");
            JsonNode quarantine = json(app.get(BASE + "/quarantine?reason=PRICE_NOT_POSITIVE", admin), 200);
            assertThat(quarantine.path("rows")).hasSize(1);
            assertThat(json(app.post(BASE + "/quarantine/accept", "{\"reason\":\"PRICE_NOT_POSITIVE\",\"why\":\"a test row\"}", admin), 200)
                    .path("rows").asLong()).isEqualTo(1);
            assertThat(json(app.post(BASE + "/verify", null, admin), 200).path("success").asBoolean()).isTrue();
            assertThat(json(app.get(BASE + "/log?limit=3", admin), 200).path("items")).hasSize(3);

            json(app.post(BASE + "/rollback", "{\"confirm\":\"ROLLBACK\"}", admin), 200);
            assertThat(database.value("SELECT to_regclass('public.btc_trades')::text", String.class)).isNull();
            assertThat(database.count("atge_trade_signals")).isEqualTo(5);
            assertThat(app.get(BASE, admin).statusCode()).isEqualTo(404);
            json(app.post(BASE, null, admin), 202);
        }
    }

    private static void legacyRows(TestDatabase database) {
        database.execute("INSERT INTO users (id, email) VALUES ('00000000-0000-0000-0000-000000000001', 'a@example.org')");
        database.execute("INSERT INTO atge_trade_signals (user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, "
                + "stop_loss_price, stop_loss_percentage, timeframe, timeframe_hours, confidence_score, ai_reasoning, generated_at, expires_at) "
                + "SELECT '00000000-0000-0000-0000-000000000001', 'BTC', 'active', CASE WHEN n = 5 THEN 0 ELSE 100000 END, 101000, 102000, "
                + "103000, 99000, 1, '1h', 1, 70, 'because', now(), now() + interval '1 hour' FROM generate_series(1, 5) n");
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }
}
