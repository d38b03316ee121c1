package quantumbtc.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.migration.MigrationStatus;
import quantumbtc.migration.Sync;
import quantumbtc.migration.SyncStatus;

/** What the sync costs and how late it is: writers of the legacy table with and without capture, by turns. */
@Command(name = "sync", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures writers with and without capture, and how long a write takes to arrive.")
final class SyncBench implements Callable<Integer> {

    private static final int PER_SECOND = 200;
    private static final int SESSIONS = 16;
    private static final int PROBE_EVERY_MS = 50;
    /** How many times as long a write may take while it is captured. */
    private static final double MOST = 1.3;

    private enum Mode {
        NEITHER("without capture"), CAPTURE("captured"), SYNC("captured and applied here");

        private final String title;

        Mode(String title) {
            this.title = title;
        }
    }

    @Option(names = "--rows", defaultValue = "50000", description = "Legacy rows. Default ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--seed", defaultValue = "1", description = "Decides the rows. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--seconds", defaultValue = "15", description = "Of each measurement. Default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--repeats", defaultValue = "3", description = "Measurements of each kind, by turns. Default ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() throws Exception {
        try (Arena arena = new Arena(rows, seed)) {
            arena.reset();
            Map<String, String> settings = new HashMap<>(Map.of("database.url", arena.url(), "migration.throttle-factor", "0"));
            Map<Mode, List<Latencies>> writes = new EnumMap<>(Mode.class);
            List<Long> lags = new ArrayList<>();
            try (App app = App.start(Settings.defaults().with(settings), App.Mode.COMMAND)) {
                app.ask("migration-run", null, MigrationStatus.class);
                Sync sync = (Sync) app.wiring().beans().get("sync");
                // A server that has run for a while is what is asked about: code is compiled, caches are warm.
                try (Following following = new Following(sync)) {
                    writers(arena, 10);
                }
                for (int i = 0; i < repeats; i++) {
                    // There and back: a machine that gets slower or faster favours none.
                    List<Mode> modes = new ArrayList<>(List.of(Mode.values()));
                    if (i % 2 == 1) {
                        Collections.reverse(modes);
                    }
                    for (Mode mode : modes) {
                        List<Latencies> runs = writes.computeIfAbsent(mode, key -> new ArrayList<>());
                        app.ask("sync-off", null, SyncStatus.class);
                        if (mode != Mode.NEITHER) {
                            app.ask("sync-on", null, SyncStatus.class);
                        }
                        if (mode != Mode.SYNC) {
                            runs.add(writers(arena, seconds));
                            continue;
                        }
                        try (Following following = new Following(sync); Probe probe = new Probe(arena)) {
                            runs.add(writers(arena, seconds));
                            lags.addAll(probe.stop());
                        }
                    }
                }
            }
            Latencies lag = Latencies.of(lags.stream().mapToLong(Long::longValue).toArray(), 0);
            double without = median(writes.get(Mode.NEITHER));
            System.out.printf(Locale.ROOT, "writers of the legacy table, %d transactions a second%n%n%-28s  %-10s  %-10s  %-8s  p99 of each run in ms%n",
                    PER_SECOND, "", "p50 ms", "p99 ms", "p99 ×");
            writes.forEach((mode, runs) -> System.out.printf(Locale.ROOT, "%-28s  %-10.2f  %-10.2f  %-8.2f  %s%n", mode.title, Spread.of(p50(runs)).median(),
                    median(runs), median(runs) / without, p99(runs)));
            System.out.printf(Locale.ROOT, "%na write arrives after: p50 %.0f ms, p99 %.0f ms, max %.0f ms, of %d looked at (goal below 1000)%n",
                    lag.p50Ms(), lag.p99Ms(), lag.maxMs(), lag.writes());
            return median(writes.get(Mode.CAPTURE)) / without <= MOST && lag.maxMs() < 1_000 ? 0 : 1;
        }
    }

    private static List<Double> p50(List<Latencies> latencies) {
        return latencies.stream().map(Latencies::p50Ms).toList();
    }

    private static List<Double> p99(List<Latencies> latencies) {
        return latencies.stream().map(Latencies::p99Ms).toList();
    }

    private static double median(List<Latencies> latencies) {
        return Spread.of(p99(latencies)).median();
    }

    private static Latencies writers(Arena arena, int seconds) throws InterruptedException {
        try (PacedWriter writer = PacedWriter.ofSignals(arena.database(), PER_SECOND, SESSIONS)) {
            writer.start();
            Thread.sleep(seconds * 1_000L);
            return writer.stop();
        }
    }

    /** Does what the server's timer does. */
    private static final class Following implements AutoCloseable {

        private final Thread thread;
        private volatile boolean stopped;

        private Following(Sync sync) {
            thread = new Thread(() -> {
                while (!stopped) {
                    try {
                        sync.tick();
                    } catch (RuntimeException e) {
                        sync.failed(e);
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L);
                }
            }, "following");
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            thread.join();
        }
    }

    /** Writes a row now and then, and looks when its value has arrived. */
    private static final class Probe implements AutoCloseable {

        private final List<Long> lags = new ArrayList<>();
        private final List<UUID> ids;
        private final Thread thread;
        private volatile boolean stopped;

        private Probe(Arena arena) {
            ids = arena.database().jdbi().withHandle(handle -> handle.createQuery("SELECT id FROM btc_trades ORDER BY id LIMIT 500").mapTo(UUID.class).list());
            thread = new Thread(() -> look(arena), "lag-probe");
            thread.start();
        }

        private void look(Arena arena) {
            try (Connection connection = arena.database().dataSource().getConnection();
                 PreparedStatement write = connection.prepareStatement("UPDATE atge_trade_signals SET confidence_score = ? WHERE id = ?");
                 PreparedStatement read = connection.prepareStatement("SELECT confidence_score FROM btc_trades WHERE id = ?")) {
                for (int i = 0; !stopped; i++) {
                    UUID id = ids.get(i % ids.size());
                    int value = 1 + i % 97;
                    write.setInt(1, value);
                    write.setObject(2, id);
                    write.executeUpdate();
                    long began = System.nanoTime();
                    while (!stopped && value(read, id) != value) {
                        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000L);
                    }
                    if (!stopped) {
                        lags.add(System.nanoTime() - began);
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(PROBE_EVERY_MS * 1_000_000L);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static int value(PreparedStatement read, UUID id) throws SQLException {
            read.setObject(1, id);
            try (java.sql.ResultSet row = read.executeQuery()) {
                return row.next() ? row.getInt(1) : -1;
            }
        }

        private List<Long> stop() throws InterruptedException {
            stopped = true;
            thread.join();
            return lags;
        }

        @Override
        public void close() throws InterruptedException {
            stop();
        }
    }
}
