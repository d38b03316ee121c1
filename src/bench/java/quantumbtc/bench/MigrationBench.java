package quantumbtc.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.bench.MigrationReport.WayResult;
import quantumbtc.cli.JsonPrinter;
import quantumbtc.db.DatabaseUrl;

/** Fills btc_trades in every way in turn, again and again, so that a slow minute of the machine hits all of them. */
@Command(name = "migration", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compares ways of migrating on a PostgreSQL of its own or of yours: a one INSERT…SELECT (a2 by key ranges), b this program, c a JDBC loop, d Spring Batch.")
final class MigrationBench implements Callable<Integer> {

    @Option(names = "--rows", defaultValue = "1000000", description = "Legacy rows, nine in ten Bitcoin. Default ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--repeats", defaultValue = "3", description = "Runs of each way. Default ${DEFAULT-VALUE}.")
    private int repeats;

    @Option(names = "--only", split = ",", defaultValue = "a,b,c,d", description = "Which ways: a (with a2), b (or b1, b2), c, d (with d2). Default ${DEFAULT-VALUE}.")
    private List<String> only;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the rows. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--writer", description = "Measure live writers as well: 200 transactions a second on the legacy tables.")
    private boolean writer;

    @Option(names = "--server", description = "URL of a database on a server of yours, PostgreSQL 14 or newer, instead of an embedded one. "
            + "Works in a new database there and drops it at the end; the role must be allowed both, and CHECKPOINT.")
    private String server;

    @Option(names = "--json", description = "JSON instead of tables.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Contender> contenders = Contender.of(only);
        say("making " + rows + " legacy rows");
        try (Arena arena = server == null ? new Arena(rows, seed)
                : new Arena(new ThrowawayDatabase(DatabaseUrl.parse("--server", server)), rows, seed)) {
            Map<Contender, List<Measure>> measures = new EnumMap<>(Contender.class);
            Set<Arena.Content> contents = new HashSet<>();
            for (int repeat = 1; repeat <= repeats; repeat++) {
                for (Contender contender : contenders) {
                    arena.reset();
                    Measure measure = arena.run(contender, contender.isQuantum());
                    contents.add(arena.content());
                    measures.computeIfAbsent(contender, key -> new ArrayList<>()).add(measure);
                    say(String.format("repeat %d of %d: %s %.1f s", repeat, repeats, contender.title(), measure.seconds()));
                }
            }
            long written = contents.iterator().next().rows();
            MigrationReport report = new MigrationReport(arena.legacy(), seed, repeats, Runtime.getRuntime().availableProcessors(),
                    arena.server(), System.getProperty("java.version"), results(measures, written), contents.size() == 1,
                    writer ? new LiveWriters(arena).measure() : List.of());
            System.out.println(json ? JsonPrinter.json(report) : report.text());
            return report.sameTable() ? 0 : 1;
        }
    }

    private static List<WayResult> results(Map<Contender, List<Measure>> measures, long rows) {
        Double a = median(measures.get(Contender.A), Measure::seconds);
        Double d = median(measures.get(Contender.D), Measure::seconds);
        List<WayResult> results = new ArrayList<>();
        measures.forEach((contender, runs) -> {
            Spread seconds = Spread.of(runs.stream().map(Measure::seconds).toList());
            List<Double> verified = runs.stream().map(Measure::verifySeconds).filter(Objects::nonNull).toList();
            Spread verify = verified.isEmpty() ? null : Spread.of(verified);
            results.add(new WayResult(contender.letter(), contender.title(), rows, seconds, rows / seconds.median(),
                    a == null ? null : a / seconds.median(), d == null ? null : d / seconds.median(),
                    median(runs, Measure::cpuSeconds), median(runs, Measure::serverSeconds), verify, verify == null || a == null ? null : verify.median() / a,
                    runs.stream().mapToLong(Measure::peakHeapMb).max().orElseThrow(),
                    runs.stream().map(Measure::peakRssMb).filter(Objects::nonNull).max(Long::compare).orElse(null)));
        });
        return results;
    }

    private static Double median(List<Measure> runs, Function<Measure, Double> value) {
        List<Double> values = runs == null ? List.of() : runs.stream().map(value).filter(Objects::nonNull).toList();
        return values.isEmpty() ? null : Spread.of(values).median();
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
