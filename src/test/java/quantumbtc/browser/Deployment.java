package quantumbtc.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import quantumbtc.demo.LegacyData;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** A legacy deployment with real prices, the program that serves beside it, and a replayed market. */
final class Deployment implements AutoCloseable {

    private final TradeApp trade;
    private final UUID user;

    private Deployment(TradeApp trade, UUID user) {
        this.trade = trade;
        this.user = user;
    }

    /** Not migrated yet; a run copies so few rows a second that it can be watched. */
    static Deployment unmigrated(int rows, Map<String, String> changes) {
        TestDatabase database = TestDatabase.empty();
        new LegacyData(database.database(), Clock.systemUTC()).write(rows, 20, 7);
        database.schema().apply();
        TradeApp trade = new TradeApp(database, changes);
        UUID user = database.value("SELECT user_id FROM atge_trade_signals GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1", UUID.class);
        return new Deployment(trade, user);
    }

    /** Migrated, all users served by Quantum, some signals made and judged over some hours. */
    static Deployment atWork(int rows) {
        Deployment made = unmigrated(rows, Map.of());
        made.migrate();
        made.send("PUT", "rollout", "{\"percent\":100,\"why\":\"to look at it\"}");
        for (int hour = 0; hour < 4; hour++) {
            made.trade.generate(made.user, null);
            made.validate();
            made.trade.clock().advance(Duration.ofHours(1));
        }
        made.trade.generate(made.user, null);
        made.validate();
        return made;
    }

    void migrate() {
        send("POST", "migrations", null);
        String state = "";
        for (Instant end = Instant.now().plusSeconds(60); !state.equals("COMPLETED"); ) {
            state = TradeApp.json(trade.app().get("/api/quantum/migrations", admin())).path("state").asText();
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the migration is " + state + " after a minute");
            }
        }
    }

    void validate() {
        trade.app().post(TradeApp.VALIDATE, null, TestApp.CRON_SECRET);
    }

    JsonNode send(String method, String path, String json) {
        var answer = trade.app().send(method, "/api/quantum/" + path, json, admin());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return TradeApp.json(answer);
    }

    /** The user with the most trades. */
    UUID user() {
        return user;
    }

    TradeApp trade() {
        return trade;
    }

    TestDatabase database() {
        return trade.database();
    }

    URI site() {
        return trade.app().uri("/");
    }

    /** Of a new admin each time, so that no test uses up another's writes of the minute. */
    String admin() {
        return TestTokens.sign(TestTokens.claims(UUID.randomUUID()).claim("role", "admin").expirationTime(later()).build());
    }

    String token() {
        return TestTokens.sign(TestTokens.claims(user).expirationTime(later()).build());
    }

    private static Date later() {
        return Date.from(Instant.now().plus(Duration.ofDays(1)));
    }

    @Override
    public void close() {
        trade.close();
    }
}
