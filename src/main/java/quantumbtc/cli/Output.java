package quantumbtc.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;
import quantumbtc.App;
import quantumbtc.Settings;

/** What every command shares: how it prints, and how it asks a route. */
final class Output {

    @Option(names = "--json", description = "Print the answer as JSON, for scripts.")
    private boolean json;

    private final PrintStream out = System.out;

    boolean json() {
        return json;
    }

    /** Prints the answer as JSON, or else the text. */
    <T> void print(T answer, Function<T, String> text) {
        out.println(json ? JsonPrinter.json(answer) : text.apply(answer).stripTrailing());
    }

    /** The settings of the program's folder and of the environment. */
    static Settings settings() {
        return Settings.load(Path.of("."), System.getenv());
    }

    /** Starts the routes that do work, hands them over, and stops them whatever happens. */
    static <T> T with(Function<App, T> work) {
        try (App app = App.start(DemoMarket.beside(settings()), App.Mode.COMMAND)) {
            return work.apply(app);
        }
    }

    /** Starts the routes, asks one, stops. */
    static <T> T ask(String route, Object body, Class<T> answer) {
        return with(app -> app.ask(route, body, answer));
    }
}
