package quantumbtc.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.cli.JsonPrinter;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.Sql;

/**
 * One way, once, in a JVM of its own, so that heap and speed are its own. The clock starts when the program is ready
 * and stops when its last row is committed and its indexes are there.
 */
final class Runner {

    /** Marks the one line of standard output that is the result. */
    static final String MARK = "RESULT ";

    private Runner() {
    }

    /** Arguments: the way's name, and whether to verify. DATABASE_URL says where. */
    public static void main(String[] arguments) throws Exception {
        Contender contender = Contender.valueOf(arguments[0]);
        boolean verify = Boolean.parseBoolean(arguments[1]);
        String url = System.getenv("DATABASE_URL");
        Measure measure = contender.isQuantum() ? quantum(contender, url, verify) : peer(contender, url);
        System.out.println(MARK + JsonPrinter.json(measure).replaceAll("\\s*\\n\\s*", ""));
        System.exit(0);
    }

    private static Measure quantum(Contender contender, String url, boolean verify) {
        Settings settings = Settings.defaults().with(Map.of("database.url", url,
                "migration.indexes", contender == Contender.B1 ? "keep" : "after-load"));
        try (App app = App.start(settings, App.Mode.COMMAND)) {
            ProducerTemplate template = app.template();
            double cpu = cpuSeconds();
            long start = System.nanoTime();
            template.requestBody("direct:migration-run", (Object) null);
            double seconds = secondsSince(start);
            cpu = cpuSeconds() - cpu;
            Double verified = null;
            if (verify && template.getCamelContext().getRoute("migration-verify") != null) {
                long verifying = System.nanoTime();
                template.requestBody("direct:migration-verify", (Object) null);
                verified = secondsSince(verifying);
            }
            return measure(seconds, cpu, verified);
        }
    }

    private static Measure peer(Contender contender, String url) throws Exception {
        try (Database database = new Database(DatabaseUrl.parse(url), 4)) {
            SpringBatchJob job = contender == Contender.D || contender == Contender.D2 ? new SpringBatchJob(database.dataSource()) : null;
            double cpu = cpuSeconds();
            long start = System.nanoTime();
            switch (contender) {
                case A -> insertSelect(database);
                case A2 -> RangeInserts.copy(database.dataSource());
                case C -> JdbcBatches.copy(database.dataSource());
                case D -> job.copy(1);
                case D2 -> job.copy(2);
                default -> throw new IllegalArgumentException(contender + " is no peer");
            }
            double seconds = secondsSince(start);
            return measure(seconds, cpuSeconds() - cpu, null);
        }
    }

    private static void insertSelect(Database database) throws Exception {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(Sql.of("bench/insert-select"));
        }
    }

    private static double secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis() / 1_000.0;
    }

    private static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1_000.0;
    }

    private static Measure measure(double seconds, double cpu, Double verifySeconds) {
        // The pools' peaks may be at different moments, so their sum is an upper bound.
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return new Measure(seconds, cpu, null, verifySeconds, heap >> 20, peakRssMb());
    }

    private static Long peakRssMb() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).findFirst().orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
