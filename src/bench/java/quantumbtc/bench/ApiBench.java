package quantumbtc.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.App;
import quantumbtc.bench.PacedReader.Question;
import quantumbtc.testing.TestTokens;

/** What reading costs when there are many trades: the program's endpoints beside a bare handler of the same statements. */
@Command(name = "api", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Reads trade details and dashboards at a fixed pace: this program beside a bare Vert.x, HikariCP and JDBC handler.")
final class ApiBench implements Callable<Integer> {

    @Option(names = "--trades", defaultValue = "1000000", description = "Trades of 10,000 users; default ${DEFAULT-VALUE}.")
    private int trades;

    @Option(names = "--rate", defaultValue = "200", description = "Requests a second; default ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "15", description = "How long each is asked; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--repeats", defaultValue = "3", description = "Rounds; default ${DEFAULT-VALUE}.")
    private int repeats;

    @Option(names = "--warm-up", defaultValue = "60", description = "Seconds that each is asked before, as the JVM compiles what is called often; "
            + "default ${DEFAULT-VALUE}.")
    private int warmUp;

    private record Row(UUID id, UUID user) {
    }

    /** @param cpuMs processor time of the server's JVM and of PostgreSQL, milliseconds a request */
    private record Cost(Latencies latencies, double jvmMs, double databaseMs) {
        private double cpuMs() {
            return jvmMs + databaseMs;
        }
    }

    @Override
    public Integer call() throws Exception {
        try (OpenTrades open = new OpenTrades(trades); PacedReader reader = new PacedReader()) {
            open.validate(1, 100);
            open.validate(2, 6_000);
            // A user's trades are not of one moment, and the server's planner knows it.
            open.database().jdbi().useHandle(handle -> handle.execute("UPDATE btc_trades SET generated_at = generated_at - random() * interval '90 days'"));
            open.settle();
            List<Row> rows = open.database().jdbi().withHandle(handle -> handle.createQuery(
                            "SELECT id, user_id FROM btc_trades TABLESAMPLE SYSTEM (1) REPEATABLE (1) LIMIT 5000")
                    .map((row, context) -> new Row(row.getObject(1, UUID.class), row.getObject(2, UUID.class))).list());
            List<String> tokens = rows.stream().map(row -> TestTokens.user(row.user())).toList();
            List<String> settings = List.of("database.url=" + open.url(), "port=0", "management.port=0", "jwt.secret=" + TestTokens.SECRET,
                    "validation.cron=0 0 0 1 1 ? 2099");
            try (ServedProcess ours = new ServedProcess(settings, Pattern.compile("serves http://[^:]+:(\\d+)"), App.class, "serve");
                 ServedProcess bare = new ServedProcess(List.of(), Pattern.compile(BareServer.MARK + "(\\d+)"), BareServer.class, open.url())) {
                System.out.printf(Locale.ROOT, "%,d trades, %d requests a second, %d rounds of %d s%n", trades, rate, repeats, seconds);
                boolean good = compare("trade-details", open, reader, ours, bare,
                        i -> new Question("/api/quantum/trade-details/" + rows.get(i).id(), tokens.get(i)),
                        i -> new Question("/?id=" + rows.get(i).id() + "&user=" + rows.get(i).user(), null), rows.size());
                good &= compare("performance-dashboard", open, reader, ours, bare,
                        i -> new Question("/api/quantum/performance-dashboard", tokens.get(i)),
                        i -> new Question("/?user=" + rows.get(i).user(), null), rows.size());
                return good ? 0 : 1;
            }
        }
    }

    private boolean compare(String name, OpenTrades open, PacedReader reader, ServedProcess ours, ServedProcess bare,
                            IntFunction<Question> ourQuestions, IntFunction<Question> bareQuestions, int questions) throws InterruptedException {
        Random random = new Random(1);
        IntFunction<Question> askOurs = i -> ourQuestions.apply(random.nextInt(questions));
        IntFunction<Question> askBare = i -> bareQuestions.apply(random.nextInt(questions));
        System.out.printf(Locale.ROOT, "%-22s the first %d s, while the JVM compiles: %.2f and %.2f ms processor a request%n", name, warmUp,
                measure(open, reader, ours, warmUp, askOurs).cpuMs(), measure(open, reader, bare, warmUp, askBare).cpuMs());
        List<Cost> our = new ArrayList<>();
        List<Cost> their = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            our.add(measure(open, reader, ours, seconds, askOurs));
            their.add(measure(open, reader, bare, seconds, askBare));
        }
        Cost ourMedian = median(our);
        Cost theirMedian = median(their);
        say(name, "quantum-btc", ourMedian);
        say(name, "bare handler", theirMedian);
        double ratio = ourMedian.cpuMs() / theirMedian.cpuMs();
        System.out.printf(Locale.ROOT, "%-22s processor time per request: %.2f times the bare handler's%n", name, ratio);
        return ratio <= 2 && ourMedian.latencies().p99Ms() < 100 && our.stream().allMatch(cost -> cost.latencies().failed() == 0);
    }

    private Cost measure(OpenTrades open, PacedReader reader, ServedProcess server, int time, IntFunction<Question> questions) throws InterruptedException {
        double jvm = server.cpuSeconds();
        double database = open.serverCpuSeconds();
        Latencies latencies = reader.ask(server.port(), rate, time, questions);
        double requests = latencies.writes();
        return new Cost(latencies, (server.cpuSeconds() - jvm) * 1_000 / requests, (open.serverCpuSeconds() - database) * 1_000 / requests);
    }

    private static Cost median(List<Cost> costs) {
        return costs.stream().sorted((a, b) -> Double.compare(a.cpuMs(), b.cpuMs())).toList().get(costs.size() / 2);
    }

    private static void say(String name, String server, Cost cost) {
        System.out.printf(Locale.ROOT, "%-22s %-13s p50 %.2f ms, p99 %.2f ms, max %.1f ms, failed %d; per request %.2f ms processor (JVM %.2f, PostgreSQL %.2f)%n",
                name, server, cost.latencies().p50Ms(), cost.latencies().p99Ms(), cost.latencies().maxMs(), cost.latencies().failed(),
                cost.cpuMs(), cost.jvmMs(), cost.databaseMs());
    }
}
