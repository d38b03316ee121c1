package quantumbtc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import quantumbtc.App;
import quantumbtc.Settings;

/** Starts everything on a database that is thrown away, so that the start script can archive the classes it took. */
@Command(name = "warm-up", hidden = true, description = "Starts and stops the program on an empty database of its own.")
final class WarmUp implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("quantum-btc-warm-up");
        Settings settings = Settings.defaults().with(Map.of("data.directory", folder.toString(), "database.url", "",
                "port", "0", "management.port", "0"));
        try (App app = App.start(settings, App.Mode.SERVE)) {
            return QuantumBtc.DONE;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
