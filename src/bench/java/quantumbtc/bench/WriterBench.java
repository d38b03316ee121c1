package quantumbtc.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.cli.JsonPrinter;

/** Only the live writers of the migration benchmark. */
@Command(name = "writer", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures what writers of the legacy tables feel: alone, during this program's migration, during one INSERT…SELECT.")
final class WriterBench implements Callable<Integer> {

    @Option(names = "--rows", defaultValue = "1000000", description = "Legacy rows. Default ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the rows. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Arena arena = new Arena(rows, seed)) {
            MigrationReport report = new MigrationReport(arena.legacy(), seed, 1, Runtime.getRuntime().availableProcessors(),
                    arena.server(), System.getProperty("java.version"), List.of(), true, new LiveWriters(arena).measure());
            System.out.println(json ? JsonPrinter.json(report) : report.text());
            return report.writers().stream().allMatch(result -> result.latencies().failed() == 0) ? 0 : 1;
        }
    }
}
