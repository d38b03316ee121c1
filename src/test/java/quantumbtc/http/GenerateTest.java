package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.testing.TradeApp.GENERATE;
import static quantumbtc.testing.TradeApp.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Source;
import quantumbtc.market.replay.Fault;
import quantumbtc.market.replay.Tape;
import quantumbtc.signal.Seed;
import quantumbtc.testing.Markets;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** Making a trade over HTTP: what it looks like, how often, and what happens when it cannot be made. */
class GenerateTest {

    private static TradeApp app;

    @BeforeAll
    static void start() {
        app = new TradeApp(Map.of("generation.budget-ms", "8000"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @AfterEach
    void heal() {
        app.replay().heal();
        app.database().execute("DELETE FROM quantum_anomaly_logs");
    }

    private static long trades(UUID user) {
        return app.database().value("SELECT count(*) FROM btc_trades WHERE user_id = '" + user + "'", Long.class);
    }

    private static void say(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void a_trade_has_every_field_of_the_contract() {
        UUID user = app.user();
        HttpResponse<String> answer = app.generate(user, null);
        say(answer, 200);
        JsonNode body = json(answer);
        assertThat(body.path("success").booleanValue()).isTrue();
        assertThat(body.path("executionTime").isIntegralNumber()).isTrue();
        JsonNode trade = body.path("trade");
        assertThat(UUID.fromString(trade.path("id").textValue())).isNotNull();
        assertThat(trade.path("symbol").textValue()).isEqualTo("BTC");
        assertThat(trade.path("direction").textValue()).isIn("LONG", "SHORT");
        for (String field : List.of("/entryZone/min", "/entryZone/max", "/entryZone/optimal", "/targets/tp1/price", "/targets/tp2/price",
                "/targets/tp3/price", "/stopLoss/price", "/stopLoss/maxLossPercent", "/confidence", "/dataQualityScore")) {
            assertThat(trade.at(field).isNumber()).as(field).isTrue();
        }
        assertThat(trade.at("/targets/tp1/allocation").intValue()).isEqualTo(50);
        assertThat(trade.at("/targets/tp2/allocation").intValue()).isEqualTo(30);
        assertThat(trade.at("/targets/tp3/allocation").intValue()).isEqualTo(20);
        assertThat(trade.path("timeframe").textValue()).isIn("1h", "4h", "1d", "1w");
        assertThat(trade.path("confidence").intValue()).isBetween(0, 100);
        assertThat(trade.path("quantumReasoning").textValue()).isNotBlank();
        assertThat(trade.path("mathematicalJustification").textValue()).isNotBlank();
        assertThat(trade.path("historicalTriggers").isArray()).isTrue();
        assertThat(trade.path("status").textValue()).isEqualTo("ACTIVE");
        assertThat(Instant.parse(trade.path("generatedAt").textValue())).isEqualTo(app.clock().instant());
        assertThat(Duration.between(Instant.parse(trade.path("generatedAt").textValue()), Instant.parse(trade.path("expiresAt").textValue())))
                .isEqualTo(Duration.ofHours(trade.path("timeframeHours").intValue()));
        assertThat(body.path("dataQualityScore")).isEqualTo(trade.path("dataQualityScore"));
        List<String> sources = new ArrayList<>();
        trade.path("crossAPIProof").forEach(proof -> {
            sources.add(proof.path("source").textValue());
            assertThat(proof.path("price").isNumber()).isTrue();
            assertThat(Instant.parse(proof.path("timestamp").textValue())).isBeforeOrEqualTo(app.clock().instant());
            assertThat(proof.path("replayed").booleanValue()).as("said to be a replay").isTrue();
        });
        assertThat(sources).containsExactly("CoinMarketCap", "CoinGecko", "Kraken");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
    }

    @Test
    void what_a_trade_was_made_from_is_stored_and_its_seed_can_be_found_again() {
        UUID user = app.user();
        UUID id = UUID.fromString(json(app.generate(user, null)).at("/trade/id").textValue());
        assertThat(app.database().value("SELECT seed FROM quantum_ops.generated_trades WHERE trade_id = '" + id + "'", Long.class))
                .isEqualTo(Seed.of(user, app.clock().instant()));
        assertThat(app.database().value("SELECT (inputs->>'candles')::int FROM quantum_ops.generated_trades WHERE trade_id = '" + id + "'", Integer.class))
                .isGreaterThanOrEqualTo(120);
    }

    @Test
    void one_trade_a_minute_and_no_more() {
        UUID user = app.user();
        say(app.generate(user, null), 200);
        HttpResponse<String> refused = app.generate(user, null);
        say(refused, 429);
        assertThat(refused.body()).isEqualTo("{\"success\":false,\"error\":\"Rate limit exceeded. Please wait 60 seconds before generating another trade.\"}");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
        say(app.generate(app.user(), null), 200);
        app.clock().advance(Duration.ofSeconds(60));
        say(app.generate(user, null), 200);
        assertThat(trades(user)).isEqualTo(2);
    }

    @Test
    void a_repeated_key_gives_the_same_trade_and_costs_no_turn() {
        UUID user = app.user();
        String first = json(app.generate(user, "key-1")).at("/trade/id").textValue();
        HttpResponse<String> again = app.generate(user, "key-1");
        say(again, 200);
        assertThat(json(again).at("/trade/id").textValue()).isEqualTo(first);
        say(app.generate(user, "key-2"), 429);
        app.clock().advance(Duration.ofSeconds(60));
        assertThat(json(app.generate(user, "key-1")).at("/trade/id").textValue()).isEqualTo(first);
        HttpResponse<String> other = app.generate(user, "key-2");
        say(other, 200);
        assertThat(json(other).at("/trade/id").textValue()).as("the repeated key took no turn").isNotEqualTo(first);
        UUID stranger = app.user();
        assertThat(json(app.generate(stranger, "key-1")).at("/trade/id").textValue()).isNotEqualTo(first);
        assertThat(trades(user)).isEqualTo(2);
    }

    @Test
    void requests_with_one_key_at_the_same_time_make_one_trade() throws Exception {
        UUID user = app.user();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(threads.submit(() -> app.generate(user, "at-once")));
        }
        List<String> ids = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : answers) {
            say(answer.get(), 200);
            ids.add(json(answer.get()).at("/trade/id").textValue());
        }
        threads.shutdown();
        assertThat(ids).containsOnly(ids.get(0));
        assertThat(trades(user)).isEqualTo(1);
        assertThat(app.database().count("quantum_ops.generation_claims")).isZero();
    }

    @Test
    void who_waits_for_a_request_that_fails_is_told_so() throws Exception {
        app.replay().slowness(Duration.ofSeconds(2));
        for (Source source : Source.values()) {
            app.replay().with(source, Fault.SLOW).with(source, Fault.EMPTY);
        }
        UUID user = app.user();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<HttpResponse<String>> first = threads.submit(() -> app.generate(user, "fails"));
        Thread.sleep(700);
        HttpResponse<String> second = app.generate(user, "fails");
        threads.shutdown();
        say(first.get(), 503);
        say(second, 503);
        assertThat(List.of(first.get().body().contains("first with this Idempotency-Key"), second.body().contains("first with this Idempotency-Key")))
                .containsExactlyInAnyOrder(true, false);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        app.replay().heal();
        app.database().execute("DELETE FROM quantum_anomaly_logs");
        say(app.generate(user, "fails"), 200);
    }

    @Test
    void more_than_can_be_made_at_once_are_told_to_come_back_and_lose_no_turn() throws Exception {
        try (TradeApp small = new TradeApp(Map.of("generation.at-once", "1"))) {
            UUID first = small.user();
            UUID second = small.user();
            small.replay().slowness(Duration.ofSeconds(3));
            small.replay().with(Source.LUNARCRUSH, Fault.SLOW);
            ExecutorService threads = Executors.newSingleThreadExecutor();
            Future<HttpResponse<String>> slow = threads.submit(() -> small.generate(first, null));
            Thread.sleep(1_000);
            HttpResponse<String> refused = small.generate(second, null);
            say(refused, 503);
            assertThat(json(refused).path("error").textValue()).startsWith("Too many trades are being generated");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
            threads.shutdown();
            say(slow.get(), 200);
            small.replay().heal();
            say(small.generate(second, null), 200);
        }
    }

    @Test
    void a_key_that_cannot_be_one_is_refused() {
        UUID user = app.user();
        say(app.generate(user, "two words"), 400);
        say(app.generate(user, "x".repeat(256)), 400);
        say(app.generate(user, "x".repeat(2_500)), 400);
        say(app.generate(user, ""), 400);
        assertThat(trades(user)).isZero();
        say(app.generate(user, "x".repeat(255)), 200);
    }

    @Test
    void while_suspended_nobody_gets_a_trade_and_no_turn_is_lost() {
        UUID user = app.user();
        UUID early = app.user();
        String made = json(app.generate(early, "before")).at("/trade/id").textValue();
        app.replay().with(Source.BLOCKCHAIN, Fault.MEMPOOL_ZERO);
        say(app.generate(user, null), 503);
        assertThat(json(app.generate(early, "before")).at("/trade/id").textValue()).as("the key is looked at first").isEqualTo(made);
        say(app.generate(early, null), 429);
        app.replay().heal();
        HttpResponse<String> refused = app.generate(user, null);
        say(refused, 503);
        assertThat(json(refused).path("error").textValue()).startsWith("generation is suspended until ");
        assertThat(json(refused).path("executionTime").isNumber()).isTrue();
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(3_590L, 3_601L);
        assertThat(trades(user)).isZero();
        app.database().execute("DELETE FROM quantum_anomaly_logs");
        say(app.generate(user, null), 200);
    }

    @Test
    void impure_data_is_refused_with_what_is_missing() {
        UUID user = app.user();
        for (Source source : List.of(Source.COINMARKETCAP, Source.COINGECKO, Source.LUNARCRUSH)) {
            app.replay().with(source, Fault.DOWN);
        }
        HttpResponse<String> refused = app.generate(user, null);
        say(refused, 503);
        JsonNode body = json(refused);
        assertThat(body.path("success").booleanValue()).isFalse();
        assertThat(body.path("error").textValue()).matches("Data quality insufficient: \\d+% \\(minimum 70% required\\)");
        assertThat(body.path("dataQuality").isIntegralNumber()).isTrue();
        assertThat(body.path("status").textValue()).isIn("ACCEPTABLE", "POOR", "CRITICAL");
        assertThat(body.path("issues").size()).isPositive();
        assertThat(body.path("message").textValue()).contains("Nothing was generated");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        app.replay().heal();
        say(app.generate(user, null), 200);
    }

    @Test
    void without_any_source_the_refusal_is_typed() {
        for (Source source : Source.values()) {
            app.replay().with(source, Fault.DOWN);
        }
        HttpResponse<String> refused = app.generate(app.user(), null);
        say(refused, 503);
        assertThat(json(refused).path("dataQuality").intValue()).isZero();
    }

    @Test
    void without_the_first_venue_the_history_comes_from_the_second_when_it_is_long_enough() {
        UUID user = app.user();
        app.replay().with(Source.KRAKEN, Fault.DOWN);
        HttpResponse<String> refused = app.generate(user, null);
        say(refused, 503);
        assertThat(json(refused).path("error").textValue()).startsWith("no signal: the history has ").endsWith("Nothing was stored.");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        try (TradeApp longer = new TradeApp(Map.of())) {
            longer.replay().play(new Tape(Markets.walk(1, 2_000, 50_000, 0.005, 0)).shifted(longer.clock().instant(), 0.9));
            longer.replay().with(Source.KRAKEN, Fault.DOWN);
            HttpResponse<String> made = longer.generate(longer.user(), null);
            say(made, 200);
            assertThat(json(made).at("/trade/crossAPIProof").findValuesAsText("source")).containsExactly("CoinMarketCap", "CoinGecko");
        }
    }

    @Test
    void a_user_who_is_gone_gets_no_trade() {
        HttpResponse<String> refused = app.generate(UUID.randomUUID(), null);
        say(refused, 403);
        assertThat(refused.body()).isEqualTo("{\"success\":false,\"error\":\"Forbidden. This user does not exist any more.\"}");
    }

    @Test
    void what_takes_too_long_is_given_up_and_never_stored() throws Exception {
        UUID user = app.user();
        try (TradeApp slow = new TradeApp(Map.of("generation.budget-ms", "1500"))) {
            UUID other = slow.user();
            slow.replay().slowness(Duration.ofSeconds(3));
            slow.replay().with(Source.KRAKEN, Fault.SLOW);
            long begun = System.nanoTime();
            HttpResponse<String> late = slow.generate(other, "late");
            say(late, 504);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            assertThat(json(late).path("error").textValue()).isEqualTo("The trade signal could not be generated in time. Nothing was stored.");
            assertThat(json(late).path("executionTime").longValue()).isGreaterThanOrEqualTo(1_400);
            Thread.sleep(6_000);
            assertThat(slow.database().count("btc_trades")).isZero();
            slow.replay().heal();
            say(slow.generate(other, "late"), 200);
        }
        say(app.generate(user, null), 200);
    }

    @Test
    void a_fault_of_ours_says_nothing_of_itself() {
        UUID user = app.user();
        app.database().execute("ALTER TABLE btc_trades RENAME COLUMN wave_pattern_collapse TO gone");
        try {
            HttpResponse<String> failed = app.generate(user, null);
            say(failed, 500);
            assertThat(failed.body()).matches("\\{\"success\":false,\"error\":\"Internal server error. Failed to generate trade signal.\",\"executionTime\":\\d+}");
        } finally {
            app.database().execute("ALTER TABLE btc_trades RENAME COLUMN gone TO wave_pattern_collapse");
        }
        say(app.generate(user, null), 200);
    }

    @Test
    void only_post_makes_a_trade() {
        HttpResponse<String> refused = app.get(GENERATE, app.user());
        say(refused, 405);
        assertThat(refused.body()).isEqualTo("{\"success\":false,\"error\":\"Method not allowed. Use POST.\"}");
        assertThat(refused.headers().firstValue("Allow")).hasValue("POST");
        HttpResponse<String> nobody = app.app().post(GENERATE, null, null);
        say(nobody, 401);
        assertThat(nobody.body()).isEqualTo("{\"success\":false,\"error\":\"Unauthorized. Please log in.\"}");
        say(app.app().send(app.app().request(GENERATE, null).header("Cookie", "auth_token=" + TestTokens.user(app.user()))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())), 200);
    }
}
