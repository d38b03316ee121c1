package quantumbtc.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import quantumbtc.market.Source;
import quantumbtc.market.replay.ReplayServer;

/** The whole program serving, with a replayed market and a clock of the test's own that starts at the real time. */
public final class TradeApp implements AutoCloseable {

    public static final String GENERATE = "/api/quantum/generate-btc-trade";
    public static final String VALIDATE = "/api/quantum/validate-btc-trades";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestDatabase database;
    // Tokens are checked by this clock too, so it starts in the present.
    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final ReplayServer replay = ReplayServer.startDefault(clock, 0);
    private final TestApp app;

    /** All five sources configured, no cache, one attempt, no timer; changed as the test wants. */
    public TradeApp(Map<String, String> changes) {
        this(TestDatabase.withSchema(), changes);
    }

    /** The same on a database of the test's own, which is closed together with this. */
    public TradeApp(TestDatabase database, Map<String, String> changes) {
        this.database = database;
        Map<String, String> values = new HashMap<>(Map.of("coinmarketcap.api-key", "k", "lunarcrush.api-key", "k",
                "market.replayed", "true", "market.attempts", "1", "market.breaker-minimum-calls", "10000",
                "market.breaker-window-calls", "10000", "validation.cron", "0 0 0 1 1 ? 2098"));
        for (Source source : Source.values()) {
            values.put("market." + source.key() + ".url", replay.url().toString());
            values.put("market." + source.key() + ".cache-seconds", "0");
        }
        values.putAll(changes);
        app = TestApp.on(database, values, clock);
    }

    /** A new user of the database. */
    public UUID user() {
        UUID user = UUID.randomUUID();
        database.execute("INSERT INTO users (id, email) VALUES ('" + user + "', '" + user + "@example.org')");
        return user;
    }

    /** Generates for a user; without a key when it is null. */
    public HttpResponse<String> generate(UUID user, String key) {
        var request = app.request(GENERATE, TestTokens.user(user)).POST(java.net.http.HttpRequest.BodyPublishers.noBody());
        return app.send(key == null ? request : request.header("Idempotency-Key", key));
    }

    public HttpResponse<String> get(String path, UUID user) {
        return app.get(path, TestTokens.user(user));
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }

    public TestDatabase database() {
        return database;
    }

    public SettableClock clock() {
        return clock;
    }

    public ReplayServer replay() {
        return replay;
    }

    public TestApp app() {
        return app;
    }

    @Override
    public void close() {
        app.close();
        replay.close();
        database.close();
    }
}
