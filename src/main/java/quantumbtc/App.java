package quantumbtc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import quantumbtc.cli.QuantumBtc;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.EmbeddedServer;
import quantumbtc.db.Refused;
import quantumbtc.http.Servers;

/**
 * The running program: a database, the beans, and a Camel context with the routes. A command runs the routes that do
 * work; serving adds the endpoints and the timers.
 */
public final class App implements AutoCloseable {

    /** What is started. */
    public enum Mode { COMMAND, SERVE }

    /** Routes that commands start; the others listen, or fire by themselves. */
    private static final List<String> COMMAND_ROUTES = List.of("errors", "migration-run", "migration-commands", "migration-sync",
            "market-data", "trade-validate", "rollout", "rollout-retire", "phases",
            "monitoring-commands");

    private final EmbeddedServer embedded;
    private final Database database;
    private final Wiring wiring;
    private final Main main;
    private final Servers servers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private App(EmbeddedServer embedded, Database database, Wiring wiring, Main main, Servers servers) {
        this.embedded = embedded;
        this.database = database;
        this.wiring = wiring;
        this.main = main;
        this.servers = servers;
    }

    /** As {@code log.format} has it. */
    enum LogFormat { TEXT, JSON }

    public static void main(String[] arguments) {
        try {
            // Before the first logger: it reads only system properties.
            System.setProperty("log.format", Settings.load(Path.of("."), System.getenv()).choice("log.format", LogFormat.class)
                    .name().toLowerCase(Locale.ROOT));
        } catch (Refused e) {
            System.err.println("quantum-btc: " + e.getMessage());
            System.exit(QuantumBtc.REFUSED);
        }
        System.exit(QuantumBtc.run(arguments));
    }

    /**
     * @throws quantumbtc.db.Refused when the database does not answer or a setting is wrong; nothing is left running
     */
    public static App start(Settings settings, Mode mode) {
        return start(settings, mode, Clock.systemUTC());
    }

    /** As {@link #start(Settings, Mode)}, at the time of a clock. */
    public static App start(Settings settings, Mode mode, Clock clock) {
        EmbeddedServer embedded = settings.find("database.url").isPresent() ? null
                : EmbeddedServer.startOrAttach(Path.of(settings.text("data.directory")).resolve("postgres"));
        Database database = null;
        Main main = new Main();
        try {
            DatabaseUrl url = embedded == null ? DatabaseUrl.parse(settings.text("database.url")) : embedded.url();
            database = new Database(url, settings.number("database.pool-size", 4, 200));
            settings.find("atge.database-url").map(legacy -> DatabaseUrl.parse("ATGE_DATABASE_URL", legacy)).ifPresent(database::mustHold);
            Wiring wiring = new Wiring(settings, database, clock);
            Properties properties = settings.asProperties();
            Servers servers = null;
            if (mode == Mode.SERVE) {
                servers = serve(settings, wiring);
                properties.putAll(servers.properties());
                if (settings.find("tracing.endpoint").isPresent()) {
                    properties.putAll(Tracing.properties());
                }
            }
            main.setOverrideProperties(properties);
            main.configure().withRoutesIncludePattern(routes(mode));
            main.configure().withShutdownTimeout(20);
            for (Map.Entry<String, Object> bean : wiring.beans().entrySet()) {
                main.bind(bean.getKey(), bean.getValue());
            }
            main.start();
            return new App(embedded, database, wiring, main, servers == null ? null : servers.listening(main.getCamelContext()));
        } catch (RuntimeException e) {
            main.stop();
            closeQuietly(database, embedded);
            throw e;
        } catch (Exception e) {
            main.stop();
            closeQuietly(database, embedded);
            throw new IllegalStateException("the routes did not start: " + e.getMessage(), e);
        }
    }

    private static Servers serve(Settings settings, Wiring wiring) {
        Servers servers = new Servers(settings.text("http.host"), settings.number("port", 0, 65_535),
                settings.text("management.host"), settings.number("management.port", 0, 65_535)).reserved();
        wiring.addEndpoints(version());
        wiring.schema().applyBeside("public.users");
        return servers;
    }

    /** As the jar's manifest has it; "development" outside of a jar. */
    public static String version() {
        return Optional.ofNullable(App.class.getPackage().getImplementationVersion()).orElse("development");
    }

    private static String routes(Mode mode) {
        String place = Files.isDirectory(Path.of("routes")) ? "file:routes/" : "classpath:routes/";
        if (mode == Mode.SERVE) {
            return place + "*.camel.yaml";
        }
        return COMMAND_ROUTES.stream().map(name -> place + name + ".camel.yaml").collect(Collectors.joining(","));
    }

    public Wiring wiring() {
        return wiring;
    }

    public Database database() {
        return database;
    }

    /** Where a serving program really listens; null in a command. */
    public Servers servers() {
        return servers;
    }

    /** Port of the endpoints. */
    public int port() {
        return servers.port();
    }

    /** Starts a route by its name: {@code template().requestBody("direct:migration-run", …)}. */
    public ProducerTemplate template() {
        try {
            return main.getCamelTemplate();
        } catch (Exception e) {
            throw new IllegalStateException("the routes are not running: " + e.getMessage(), e);
        }
    }

    /**
     * Asks a route and returns its answer; an error of the route comes as the exception that it was.
     *
     * @param body null when the route needs none
     */
    public <T> T ask(String route, Object body, Class<T> answer) {
        try {
            return template().requestBody("direct:" + route, body, answer);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Lets the requests that are under way end, for 20 seconds at most, then closes the database. Safe to repeat. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            main.stop();
            wiring.close();
            closeQuietly(database, embedded);
        }
    }

    private static void closeQuietly(Database database, EmbeddedServer embedded) {
        if (database != null) {
            database.close();
        }
        if (embedded != null) {
            embedded.close();
        }
    }
}
