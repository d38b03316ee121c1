package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.testing.TradeApp.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantumbtc.App;
import quantumbtc.db.Refused;
import quantumbtc.monitoring.MaintenanceWindow;
import quantumbtc.testing.Commands;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

class MaintenanceApiTest {

    private static final String PATH = "/api/quantum/maintenance";
    private static TradeApp trade;
    private static String admin;
    private static Instant begun;

    @BeforeAll
    static void start() {
        trade = new TradeApp(Map.of("alerts.look-ms", "86400000"));
        begun = trade.clock().instant();
        admin = TestTokens.admin(UUID.randomUUID());
    }

    @AfterAll
    static void stop() {
        trade.close();
    }

    @BeforeEach
    void backToTheStart() {
        // Tokens are checked by the same clock.
        trade.clock().set(begun);
    }

    private static JsonNode status() throws InterruptedException {
        // It is kept for a second.
        Thread.sleep(1_200);
        return json(trade.app().get("/api/quantum/status", null));
    }

    private static String body(Instant from, Instant to, String what) {
        return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"what\":\"" + what + "\"}";
    }

    @Test
    void a_plan_is_shown_to_everybody_from_an_hour_before_until_its_end() throws InterruptedException {
        Instant from = trade.clock().instant().plus(Duration.ofMinutes(90));
        Instant to = from.plus(Duration.ofMinutes(30));
        JsonNode planned = json(trade.app().post(PATH, body(from, to, "Database upgrade"), admin));
        assertThat(planned.path("id").asLong()).isPositive();
        assertThat(status().has("maintenance")).isFalse();
        trade.clock().set(from.minus(Duration.ofHours(1)));
        JsonNode before = status();
        assertThat(before.path("ok").asBoolean()).isTrue();
        assertThat(before.path("maintenance").path("what").asText()).isEqualTo("Database upgrade");
        assertThat(before.path("maintenance").path("underWay").asBoolean()).isFalse();
        trade.clock().set(from);
        assertThat(status().path("ok").asBoolean()).isFalse();
        assertThat(status().path("maintenance").path("underWay").asBoolean()).isTrue();
        trade.clock().set(to);
        assertThat(status().has("maintenance")).isFalse();
        assertThat(status().path("ok").asBoolean()).isTrue();
    }

    @Test
    void one_that_is_cancelled_is_shown_no_longer_and_the_one_planned_in_its_place_is() throws InterruptedException {
        Instant from = trade.clock().instant().plus(Duration.ofMinutes(30));
        long id = json(trade.app().post(PATH, body(from, from.plusSeconds(600), "First"), admin)).path("id").asLong();
        assertThat(status().path("maintenance").path("what").asText()).isEqualTo("First");
        trade.app().send("DELETE", PATH + "/" + id, null, admin);
        assertThat(status().has("maintenance")).isFalse();
        long moved = json(trade.app().post(PATH, body(from.plusSeconds(60), from.plusSeconds(660), "Second"), admin)).path("id").asLong();
        assertThat(status().path("maintenance").path("what").asText()).isEqualTo("Second");
        assertThat(status().path("maintenance").path("from").asText()).isEqualTo(from.plusSeconds(60).toString());
        trade.app().send("DELETE", PATH + "/" + moved, null, admin);
    }

    @Test
    void one_can_be_cancelled_once_and_only_by_an_admin() {
        Instant from = trade.clock().instant().plus(Duration.ofDays(2));
        long id = json(trade.app().post(PATH, body(from, from.plusSeconds(60), "Never"), admin)).path("id").asLong();
        assertThat(trade.app().send("DELETE", PATH + "/" + id, null, TestTokens.user(UUID.randomUUID())).statusCode()).isEqualTo(403);
        assertThat(json(trade.app().send("DELETE", PATH + "/" + id, null, admin)).path("cancelledAt").isNull()).isFalse();
        assertThat(trade.app().send("DELETE", PATH + "/" + id, null, admin).statusCode()).isEqualTo(409);
        assertThat(trade.app().send("DELETE", PATH + "/x", null, admin).statusCode()).isEqualTo(400);
        assertThat(json(trade.app().get(PATH, admin)).path("maintenance").findValuesAsText("id")).contains(Long.toString(id));
    }

    @Test
    void what_is_no_plan_is_refused() {
        String other = TestTokens.admin(UUID.randomUUID());
        Instant now = trade.clock().instant();
        assertThat(trade.app().post(PATH, "{}", other).statusCode()).isEqualTo(400);
        assertThat(trade.app().post(PATH, body(now.plusSeconds(60), now.plusSeconds(120), " "), other).statusCode()).isEqualTo(400);
        assertThat(trade.app().post(PATH, body(now.plusSeconds(60), now, "x"), other).statusCode()).isEqualTo(409);
        assertThat(trade.app().post(PATH, body(now.minusSeconds(60), now.minusSeconds(1), "x"), other).statusCode()).isEqualTo(409);
        assertThat(trade.app().post(PATH, body(now, now.plus(Duration.ofDays(8)), "x"), other).statusCode()).isEqualTo(409);
        assertThat(trade.app().get(PATH, null).statusCode()).isEqualTo(401);
    }

    @Test
    void the_commands_do_the_same_and_a_name_in_braces_is_only_a_name() {
        try (App app = Commands.start(trade.database())) {
            Instant from = trade.clock().instant().plus(Duration.ofDays(1));
            MaintenanceWindow window = app.ask("maintenance-plan",
                    Map.of("from", from, "to", from.plusSeconds(600), "what", "Move ${body}, and {{cron.secret}}", "by", "ops"), MaintenanceWindow.class);
            assertThat(window.what()).isEqualTo("Move ${body}, and {{cron.secret}}");
            assertThat(app.ask("maintenance-cancel", Map.of("id", window.id(), "by", "ops"), MaintenanceWindow.class).cancelledBy()).isEqualTo("ops");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> app.ask("maintenance-cancel", Map.of("id", 999_999L, "by", "ops"), Object.class))
                    .isInstanceOf(Refused.class).hasMessageContaining("no maintenance 999999");
            assertThat(app.ask("monitoring-alerts", null, java.util.List.class)).isNotNull();
        }
    }
}
