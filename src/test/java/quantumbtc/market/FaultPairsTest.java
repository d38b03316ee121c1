package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantumbtc.market.replay.Fault;
import quantumbtc.market.replay.ReplayServer;
import quantumbtc.market.replay.Tape;
import quantumbtc.testing.MarketApp;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestDatabase;

/** Each fault of each source, alone and together with each other: the score, the verdict and the rows that follow. */
class FaultPairsTest {

    private static final Instant BEGIN = Instant.parse("2024-03-01T00:00:00Z");
    private static final int LANES = 12;
    private static final int TRIES_AGAIN = 3;
    private static final int QUESTIONS = 8;
    private static final Map<FaultPair, Outcome> OUTCOMES = new ConcurrentHashMap<>();

    record Outcome(Purity purity, MarketData data, List<String> anomalies, Map<String, String> calls) {
    }

    static List<FaultPair> pairs() {
        List<FaultPair.Switch> switches = new ArrayList<>();
        for (Source source : Source.values()) {
            Arrays.stream(Fault.values()).filter(fault -> fault.concerns(source))
                    .forEach(fault -> switches.add(new FaultPair.Switch(source, fault)));
        }
        List<FaultPair> pairs = new ArrayList<>();
        for (int i = 0; i < switches.size(); i++) {
            for (int j = i; j < switches.size(); j++) {
                pairs.add(new FaultPair(switches.get(i), switches.get(j)));
            }
        }
        return pairs;
    }

    /** Side by side, since a slow source takes its time. */
    @BeforeAll
    static void play_all() throws Exception {
        List<FaultPair> pairs = pairs();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<Future<?>> running = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            int first = lane;
            running.add(lanes.submit(() -> play(pairs, first)));
        }
        for (Future<?> lane : running) {
            lane.get();
        }
        lanes.shutdown();
    }

    private static void play(List<FaultPair> pairs, int first) {
        SettableClock clock = new SettableClock(BEGIN);
        Tape tape = new Tape(hours(24 + pairs.size()));
        try (TestDatabase test = TestDatabase.withSchema();
             ReplayServer replay = ReplayServer.start(tape, clock, 0);
             MarketApp app = new MarketApp(test, replay, clock, timeouts())) {
            replay.slowness(Duration.ofMillis(2_500));
            for (int i = first; i < pairs.size(); i += LANES) {
                // The price rises by 4 % between the 20th and the 40th minute of each hour.
                clock.set(BEGIN.plus(Duration.ofHours(24 + i)).plus(Duration.ofMinutes(22)));
                replay.heal();
                pairs.get(i).switches().forEach(on -> replay.with(on.source(), on.fault()));
                if (pairs.get(i).has(Fault.FROZEN)) {
                    app.assess();
                    clock.advance(Duration.ofMinutes(8));
                }
                Outcome outcome = outcome(test, app, clock);
                for (int again = 0; again < TRIES_AGAIN && heldUpByTheMachine(pairs.get(i), outcome); again++) {
                    clock.advance(Duration.ofSeconds(1));
                    outcome = outcome(test, app, clock);
                }
                OUTCOMES.put(pairs.get(i), outcome);
            }
        }
    }

    /** A busy machine can take longer than the time-out to answer a question that no fault slows, or the budget to ask it. */
    private static boolean heldUpByTheMachine(FaultPair pair, Outcome outcome) {
        Map<String, String> expected = pair.callRows();
        return outcome.calls().size() < QUESTIONS || outcome.calls().entrySet().stream().filter(call -> call.getValue().equals("TIMEOUT"))
                .anyMatch(call -> !pair.has(Fault.SLOW) || !expected.getOrDefault(call.getKey(), "TIMEOUT").equals("TIMEOUT"));
    }

    private static Map<String, String> timeouts() {
        return Arrays.stream(Source.values())
                .collect(Collectors.toMap(source -> "market." + source.key() + ".timeout-ms", source -> "1200"));
    }

    private static Outcome outcome(TestDatabase test, MarketApp app, SettableClock clock) {
        Assessment assessment = app.assess();
        app.calls().flush();
        return test.database().jdbi().withHandle(handle -> new Outcome(assessment.purity(), assessment.data(),
                handle.createQuery("SELECT anomaly_type || ' ' || severity || CASE WHEN system_suspended THEN ' suspends '"
                                + " || suspension_duration_minutes ELSE '' END FROM quantum_anomaly_logs WHERE detected_at = :now AND anomaly_type <> 'SYSTEM_RESUMED'")
                        .bind("now", clock.instant()).mapTo(String.class).list(),
                handle.createQuery("SELECT split_part(endpoint, '?', 1) || CASE WHEN endpoint LIKE '%interval=1%' THEN ' last' ELSE '' END"
                                + " AS path, coalesce(error_type, 'OK') AS result FROM api_latency_reliability_logs WHERE called_at = :now")
                        .bind("now", clock.instant()).setMapKeyColumn("path").setMapValueColumn("result")
                        .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, String>>() { })));
    }

    private static List<Candle> hours(int count) {
        List<Candle> hours = new ArrayList<>();
        for (int hour = 0; hour < count; hour++) {
            // No two hours have the same prices, else an honest price could look frozen.
            BigDecimal low = new BigDecimal(50_000 + 3 * hour);
            hours.add(new Candle(BEGIN.plus(Duration.ofHours(hour)), Duration.ofHours(1), low, low.add(new BigDecimal(2_000)),
                    low, low.add(new BigDecimal(1_000)), BigDecimal.TEN, "made"));
        }
        return hours;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void scores_judges_and_logs_as_the_rules_say(FaultPair pair) {
        Outcome outcome = OUTCOMES.get(pair);
        assertThat(outcome.purity().score()).as("score of %s", outcome.purity()).isEqualTo(pair.score());
        assertThat(outcome.purity().passed()).as("verdict of %s", outcome.purity()).isEqualTo(pair.passes());
        assertThat(outcome.anomalies()).containsExactlyInAnyOrderElementsOf(pair.anomalyRows());
        assertThat(outcome.calls()).containsAllEntriesOf(pair.callRows()).hasSize(QUESTIONS);
        for (Source source : Source.values()) {
            assertThat(outcome.data().answered(source)).as("%s answered", source).isEqualTo(pair.answers(source));
        }
    }
}
