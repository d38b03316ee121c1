package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.RestartableServer;
import quantumbtc.testing.ServingProcess;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

/**
 * Random writers on both sides, from before the copy until after the way back, while the program is killed and the server
 * is restarted at random: at the end both systems agree, and whatever was acknowledged to a writer is there. Several
 * deployments, each with its own seed, live on one server and in one process, so that a kill hits all of them.
 *
 * <p>{@code -Drandom.seeds=100} sets how many seeds are tried, {@code -Drandom.seed=17} tries one alone.
 */
class RandomWritesTest {

    private static final int SEEDS = Integer.getInteger("random.seeds", 4);
    private static final Integer ALONE = Integer.getInteger("random.seed");
    private static final int TOGETHER = 4;
    private static final int ROWS = 400;
    private static final Path LOG = Path.of("target", "random-writes.log");
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("port", "0"), Map.entry("management.port", "0"), Map.entry("database.pool-size", "8"), Map.entry("jwt.secret", TestTokens.SECRET),
            Map.entry("validation.cron", "0 0 0 1 1 ? 2099"), Map.entry("migration.chunk-rows", "100"), Map.entry("migration.throttle-factor", "0"),
            Map.entry("sync.interval-ms", "100"), Map.entry("sync.batch-rows", "50"), Map.entry("verification.interval-ms", "2000"));
    private static final Map<String, Integer> DONE = new TreeMap<>();

    @TempDir
    private static Path folder;
    private static RestartableServer server;

    @BeforeAll
    static void makeDeployment() throws Exception {
        server = new RestartableServer(folder);
        server.execute("CREATE DATABASE deployment");
        try (TestDatabase deployment = TestDatabase.at(server.url("deployment"))) {
            LegacySchema.create(deployment.database());
            deployment.execute("INSERT INTO users (id, email) SELECT md5('user' || i)::uuid, 'u' || i || '@example.org' FROM generate_series(0, "
                    + (RandomWriter.USERS - 1) + ") i");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        System.out.println("acknowledged: " + DONE);
    }

    static Stream<List<Integer>> rounds() {
        if (ALONE != null) {
            return Stream.of(List.of(ALONE));
        }
        return IntStream.range(0, (SEEDS + TOGETHER - 1) / TOGETHER)
                .mapToObj(round -> IntStream.range(round * TOGETHER, Math.min(SEEDS, (round + 1) * TOGETHER)).boxed().toList());
    }

    private record Moving(int seed, String url, RandomWriter writer, RandomQuantum quantum, RandomMove move) {
    }

    private volatile ServingProcess process;

    @ParameterizedTest
    @MethodSource("rounds")
    void nothing_acknowledged_is_lost_whatever_is_killed(List<Integer> seeds) throws Exception {
        List<Moving> all = new ArrayList<>();
        for (int seed : seeds) {
            all.add(moving(seed));
        }
        List<String> urls = all.stream().map(Moving::url).toList();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            process = ServingProcess.start(urls, SETTINGS, LOG);
            List<Future<?>> moves = new ArrayList<>();
            all.forEach(one -> moves.add(threads.submit(one.move)));
            disturb(urls, new Random(seeds.get(0)), moves);
            for (Future<?> move : moves) {
                move.get();
            }
            List<String> faults = new ArrayList<>();
            for (Moving one : all) {
                try {
                    check(one);
                } catch (AssertionError e) {
                    faults.add(e.getMessage());
                }
            }
            assertThat(faults).isEmpty();
        } finally {
            threads.shutdownNow();
            process.close();
            for (int seed : seeds) {
                server.execute("DROP DATABASE IF EXISTS move_" + seed + " WITH (FORCE)");
            }
        }
    }

    private Moving moving(int seed) throws SQLException {
        server.execute("CREATE DATABASE move_" + seed + " TEMPLATE deployment");
        String url = server.url("move_" + seed);
        RandomWriter writer = new RandomWriter(url, seed);
        writer.begin(ROWS);
        RandomQuantum quantum = new RandomQuantum(url, seed);
        return new Moving(seed, url, writer, quantum, new RandomMove(url, () -> process, writer, quantum, seed));
    }

    /** At least one kill and one restart, in any order, as long as anybody moves. */
    private void disturb(List<String> urls, Random random, List<Future<?>> moves) throws Exception {
        boolean killFirst = random.nextBoolean();
        int times = 2 + random.nextInt(3) / 2;
        for (int i = 0; i < times; i++) {
            awaitServing(urls, random);
            Thread.sleep(random.nextInt(1_500));
            if (moves.stream().allMatch(Future::isDone)) {
                return;
            }
            if (killFirst == (i % 2 == 0)) {
                process.kill();
                DONE.merge("kill -9 of the program", 1, Integer::sum);
                process = ServingProcess.start(urls, SETTINGS, LOG);
            } else {
                boolean immediately = random.nextBoolean();
                server.restart(immediately);
                DONE.merge(immediately ? "immediate restart of PostgreSQL" : "restart of PostgreSQL", 1, Integer::sum);
            }
        }
    }

    /** Most times, until the deployments are served again. */
    private void awaitServing(List<String> urls, Random random) throws InterruptedException {
        boolean hasty = random.nextInt(4) == 0;
        for (int i = 0; i < 600 && !hasty && urls.stream().anyMatch(url -> process.port(url) == null); i++) {
            Thread.sleep(50);
        }
    }

    private static void check(Moving one) throws SQLException {
        String seed = "seed " + one.seed;
        assertThat(one.move.failure()).as(seed).isNull();
        assertThat(one.writer.failure()).as(seed + ", writer of ATGE").isNull();
        assertThat(one.quantum.failure()).as(seed + ", Quantum").isNull();
        one.writer.done().forEach((kind, times) -> DONE.merge(kind, times, Integer::sum));
        DONE.merge("made by Quantum", one.quantum.made().size(), Integer::sum);
        DONE.merge("judged by Quantum", one.quantum.judged().size(), Integer::sum);

        JsonNode status = one.move.ask("GET", RandomMove.SYNC, null, answer -> true);
        assertThat(status.path("captureFailures").asInt()).as(seed + " " + status).isZero();
        assertThat(status.path("carryFailures").asInt()).as(seed + " " + status).isZero();
        assertThat(MovedDeployment.faults(one.url, one.writer, one.quantum)).as(seed).isEmpty();
        JsonNode report = one.move.ask("POST", RandomMove.MIGRATIONS + "/verify", null, answer -> true);
        assertThat(report.path("verdict").asText()).as(seed + " " + report).isIn("CLEAN", "OPEN_QUARANTINE", "OPEN_CONFLICTS");

        int number = 0;
        // A page of them at a time: a truncated table is a conflict for each trade.
        for (JsonNode conflicts = conflicts(one); !conflicts.isEmpty(); conflicts = conflicts(one)) {
            DONE.merge("conflicts", conflicts.size(), Integer::sum);
            for (JsonNode conflict : conflicts) {
                boolean quantum = number++ % 2 == 0 || conflict.path("kind").asText().equals("UNMAPPABLE");
                JsonNode resolved = one.move.ask("POST", RandomMove.SYNC + "/conflicts/" + conflict.path("id").asLong() + "/resolve",
                        "{\"keep\":\"" + (quantum ? "quantum" : "atge") + "\"}", answer -> true);
                assertThat(resolved.path("state").asText()).as(seed + " " + resolved + " for " + conflict).isEqualTo("RESOLVED");
            }
        }
        one.move.drain();
        report = one.move.ask("POST", RandomMove.MIGRATIONS + "/verify", null, answer -> true);
        assertThat(report.path("verdict").asText()).as(seed + " decided " + report).isIn("CLEAN", "OPEN_QUARANTINE");
        rollBack(one);
    }

    private static JsonNode conflicts(Moving one) {
        return one.move.ask("GET", RandomMove.SYNC + "/conflicts?limit=1000", null, answer -> true).path("rows");
    }

    /** Every trade is in the legacy table by then, so a rollback takes nothing from it. */
    private static void rollBack(Moving one) throws SQLException {
        if (one.seed % 4 != 1) {
            return;
        }
        String rows = "SELECT md5(string_agg(l::text, ',' ORDER BY id)) FROM atge_trade_signals l";
        String before = text(one.url, rows);
        JsonNode report = one.move.ask("POST", RandomMove.MIGRATIONS + "/rollback", "{\"confirm\":\"ROLLBACK\"}", answer -> answer.path("outcome").asText().equals("ROLLED_BACK"));
        assertThat(report.path("generatedTrades").asInt() + report.path("judgedTrades").asInt()).as("seed " + one.seed + " " + report).isZero();
        assertThat(text(one.url, rows)).as("seed " + one.seed).isEqualTo(before);
        assertThat(text(one.url, "SELECT concat(to_regclass('btc_trades'), to_regnamespace('quantum_ops'))")).as("seed " + one.seed).isEmpty();
    }

    private static String text(String url, String sql) throws SQLException {
        try (Connection connection = RandomWriter.connect(url); java.sql.ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
