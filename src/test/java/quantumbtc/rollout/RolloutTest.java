package quantumbtc.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantumbtc.db.Refused;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

/** Who may be moved when, over REST and directly, with two nodes on one database. */
class RolloutTest {

    private static final String PATH = "/api/quantum/rollout";
    private static final Map<String, String> QUIET = Map.of("validation.cron", "0 0 0 1 1 ? 2098");
    /** They fire a second after the start and would write what the gates look at. */
    private static final String[] TIMERS = {"sync-timer", "sync-verify-timer", "rollout-guard"};

    private static TestDatabase database;
    private static TestApp one;
    private static TestApp two;

    private final UUID admin = UUID.randomUUID();

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        one = TestApp.on(database, QUIET).without(TIMERS);
        two = TestApp.on(database, QUIET).without(TIMERS);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        database.execute("DELETE FROM quantum_ops.rollout_overrides");
        database.execute("TRUNCATE quantum_ops.rollout_changes");
        database.execute("UPDATE quantum_ops.rollout SET percent = 0");
        database.execute("TRUNCATE api_latency_reliability_logs");
        database.execute("TRUNCATE quantum_ops.market_hours");
        database.execute("TRUNCATE quantum_ops.verification_rounds");
        database.execute("TRUNCATE quantum_ops.change_queue");
        openGates();
    }

    /** A system that is well: calls that succeed, good data, a sync without lag, a clean verification. */
    private static void openGates() {
        calls("Kraken", 100, 0);
        database.execute("INSERT INTO quantum_ops.market_hours (hour, price, taken_at, data_quality_score) VALUES (date_trunc('hour', now()), 100, now(), 95)");
        database.execute("UPDATE quantum_ops.sync_control SET state = 'ON', failure = NULL, capture_failure = NULL");
        database.execute("INSERT INTO quantum_ops.verification_rounds (started_at, finished_at) VALUES (now(), now())");
    }

    private static void calls(String source, int good, int bad) {
        database.execute("INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, success, called_at) "
                + "SELECT '" + source + "', '/x', 'GET', 5, i > " + bad + ", now() FROM generate_series(1, " + (good + bad) + ") i");
    }

    private HttpResponse<String> put(String json) {
        return one.send("PUT", PATH, json, TestTokens.admin(admin));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static List<String> outcomes() {
        return database.database().jdbi().withHandle(handle -> handle
                .createQuery("SELECT subject || ' ' || coalesce(old_value, '') || ' ' || new_value || ' ' || outcome FROM quantum_ops.rollout_changes ORDER BY id")
                .mapTo(String.class).list());
    }

    @Test
    void the_percentage_rises_while_every_gate_is_open_and_both_nodes_say_so_at_once() {
        UUID user = UUID.randomUUID();
        for (int percent : new int[] {25, 50, 100}) {
            HttpResponse<String> answer = put("{\"percent\":" + percent + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(json(answer).get("percent").asInt()).isEqualTo(percent);
            String expected = Bucket.of(user) < percent ? "QUANTUM" : "ATGE";
            for (TestApp node : List.of(one, two)) {
                JsonNode mine = json(node.get(PATH + "/me", TestTokens.user(user)));
                assertThat(mine.get("system").asText()).isEqualTo(expected);
                assertThat(mine.get("bucket").asInt()).isEqualTo(Bucket.of(user));
            }
        }
        assertThat(outcomes()).containsExactly("percent 0 25 CHANGED", "percent 25 50 CHANGED", "percent 50 100 CHANGED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "error rate;INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, success, called_at) SELECT 'Kraken', '/x', 'GET', 5, false, now() FROM generate_series(1, 6)",
        "API reliability;INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, success, called_at) SELECT 'CoinGecko', '/x', 'GET', 5, i > 1, now() FROM generate_series(1, 5) i",
        "data quality;UPDATE quantum_ops.market_hours SET data_quality_score = 69",
        "data quality is unknown;TRUNCATE quantum_ops.market_hours",
        "sync lag is 1;INSERT INTO quantum_ops.change_queue (op, noted_at) VALUES ('T', clock_timestamp() - interval '15 seconds')",
        "sync lag is unknown;UPDATE quantum_ops.sync_control SET state = 'PAUSED'",
        "sync lag is unknown;UPDATE quantum_ops.sync_control SET failure = 'broken'",
        "verification differences;UPDATE quantum_ops.verification_rounds SET settled_differences = 1",
        "verification differences is unknown;TRUNCATE quantum_ops.verification_rounds"})
    void each_gate_alone_refuses_and_the_refusal_is_on_record(String gate, String fault) {
        database.execute(fault);
        HttpResponse<String> answer = put("{\"percent\":25}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(gate).contains("Nothing was changed");
        assertThat(database.value("SELECT percent FROM quantum_ops.rollout", Integer.class)).isZero();
        assertThat(outcomes()).containsExactly("percent 0 25 REFUSED");
        assertThat(database.value("SELECT gates::text FROM quantum_ops.rollout_changes", String.class)).contains(gate);
    }

    @Test
    void a_reason_passes_the_gates_over_and_down_needs_none() {
        database.execute("TRUNCATE quantum_ops.verification_rounds");
        assertThat(put("{\"percent\":50,\"why\":\"the verification runs tonight\"}").statusCode()).isEqualTo(200);
        assertThat(put("{\"percent\":25}").statusCode()).isEqualTo(200);
        assertThat(outcomes()).containsExactly("percent 0 50 OVERRIDDEN", "percent 50 25 CHANGED");
        assertThat(database.value("SELECT why FROM quantum_ops.rollout_changes WHERE outcome = 'OVERRIDDEN'", String.class))
                .isEqualTo("the verification runs tonight");
    }

    @Test
    void a_user_can_be_set_by_hand_and_back() {
        UUID user = UUID.randomUUID();
        database.execute("INSERT INTO users (id, email) VALUES ('" + user + "', '" + user + "@example.org')");
        String path = PATH + "/users/" + user;
        assertThat(json(one.send("PUT", path, "{\"system\":\"quantum\"}", TestTokens.admin(admin))).get("system").asText()).isEqualTo("QUANTUM");
        assertThat(json(two.get(PATH + "/me", TestTokens.user(user))).get("overridden").asBoolean()).isTrue();
        assertThat(json(one.get(PATH, TestTokens.admin(admin))).get("usersOnQuantum").asInt()).isEqualTo(1);
        assertThat(json(one.send("PUT", path, "{\"system\":\"auto\"}", TestTokens.admin(admin))).get("system").asText()).isEqualTo("ATGE");
        assertThat(outcomes()).containsExactly("user " + user + " AUTO QUANTUM CHANGED", "user " + user + " QUANTUM AUTO CHANGED");
        assertThat(one.send("PUT", PATH + "/users/" + UUID.randomUUID(), "{\"system\":\"atge\"}", TestTokens.admin(admin)).statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"{\"percent\":-1}", "{\"percent\":101}", "{\"percent\":\"25\"}", "{\"percent\":25.5}", "{}", "{\"percent\":25,\"why\":\"\"}"})
    void a_percentage_out_of_range_is_a_bad_request(String body) {
        assertThat(put(body).statusCode()).isEqualTo(400);
        assertThat(outcomes()).isEmpty();
    }

    @Test
    void only_the_role_admin_sees_and_changes_it() {
        for (String method : List.of("GET", "PUT")) {
            String body = method.equals("GET") ? null : "{\"percent\":25}";
            assertThat(one.send(method, PATH, body, null).statusCode()).isEqualTo(401);
            assertThat(one.send(method, PATH, body, TestTokens.user(UUID.randomUUID())).statusCode()).isEqualTo(403);
        }
        assertThat(one.get(PATH + "/me", null).statusCode()).isEqualTo(401);
        assertThat(one.get(PATH + "/history", TestTokens.user(UUID.randomUUID())).statusCode()).isEqualTo(403);
        assertThat(one.get(PATH + "/history", TestTokens.admin(admin)).body()).contains("\"changes\":[]");
    }

    @Test
    void changes_at_the_same_time_follow_one_another_without_a_gap() throws Exception {
        Rollout rollout = (Rollout) one.app().wiring().beans().get("rollout");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<RolloutStatus>> asked = new ArrayList<>();
            for (int percent = 1; percent <= 40; percent++) {
                int wanted = percent;
                asked.add(threads.submit(() -> rollout.set(wanted, "test", Optional.of("test"))));
            }
            for (Future<RolloutStatus> each : asked) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.count("quantum_ops.rollout_changes a JOIN quantum_ops.rollout_changes b ON b.id = "
                + "(SELECT min(id) FROM quantum_ops.rollout_changes WHERE id > a.id) WHERE b.old_value <> a.new_value")).isZero();
    }

    @Test
    void the_guard_steps_back_one_stage_once_within_the_cool_down() {
        SettableClock clock = new SettableClock(Instant.now());
        RolloutLimits limits = new RolloutLimits(List.of(25, 50, 100), Duration.ofHours(1), 5, 70, 90, 10, Duration.ofHours(24), true, 20, Duration.ofMinutes(30));
        Rollout guarded = new Rollout(database.database(), limits, () -> { }, clock);
        guarded.set(100, "test", Optional.empty());
        assertThat(guarded.stepBackIfNeeded()).as("nothing fails").isFalse();
        calls("Kraken", 0, 20);
        RolloutLimits later = new RolloutLimits(limits.stages(), limits.window(), 5, 70, 90, 10, limits.verifiedWithin(), true, 121, limits.coolDown());
        assertThat(new Rollout(database.database(), later, () -> { }, clock).stepBackIfNeeded()).as("120 calls say nothing yet").isFalse();
        assertThat(guarded.stepBackIfNeeded()).isTrue();
        assertThat(guarded.stepBackIfNeeded()).as("within the cool-down").isFalse();
        assertThat(guarded.status().percent()).isEqualTo(50);
        clock.advance(Duration.ofMinutes(31));
        assertThat(guarded.stepBackIfNeeded()).isTrue();
        assertThat(guarded.status().percent()).isEqualTo(25);
        assertThat(outcomes()).containsExactly("percent 0 100 CHANGED", "percent 100 50 STEPPED_BACK", "percent 50 25 STEPPED_BACK");
    }

    @Test
    void what_atge_wrote_is_applied_before_its_users_change_their_system() {
        List<Integer> percentWhenDrained = new ArrayList<>();
        RolloutLimits limits = new RolloutLimits(List.of(25), Duration.ofHours(1), 5, 70, 90, 10, Duration.ofHours(24), false, 20, Duration.ofMinutes(30));
        Rollout rollout = new Rollout(database.database(), limits, () -> percentWhenDrained.add(
                database.value("SELECT percent FROM quantum_ops.rollout", Integer.class)), Clock.systemUTC());
        rollout.set(25, "test", Optional.empty());
        assertThat(percentWhenDrained).containsExactly(0);
        assertThatThrownBy(() -> rollout.user(UUID.randomUUID(), Optional.of(ServedBy.QUANTUM), "test")).isInstanceOf(Refused.class);
    }
}
