package quantumbtc.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/**
 * Users of the old system: writes at fixed moments, whether or not the earlier ones have ended. A write's latency
 * counts from the moment it was due, so that a server that stands still is felt by all who wait for it.
 */
final class PacedWriter implements AutoCloseable {

    private enum Kind {
        SIGNAL("bench/write-signal"), STATUS("bench/write-status"), USER("bench/write-user");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }
    }

    /** Of ten writes: 4 new signals, 3 finished ones, 3 sign-ins. */
    private static final Kind[] MIX = {Kind.SIGNAL, Kind.STATUS, Kind.USER, Kind.SIGNAL, Kind.STATUS, Kind.SIGNAL, Kind.USER,
            Kind.SIGNAL, Kind.STATUS, Kind.USER};
    /** Every write is one that the sync has to follow. */
    private static final Kind[] SIGNALS = {Kind.SIGNAL, Kind.STATUS};

    private final Database database;
    private final long intervalNanos;
    private final int sessions;
    private final Kind[] mix;
    private final List<UUID> signals;
    private final List<UUID> users;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * @param perSecond transactions a second, all sessions together
     * @param sessions  connections of the pool that they use
     */
    PacedWriter(Database database, int perSecond, int sessions) {
        this(database, perSecond, sessions, MIX);
    }

    /** Half new signals, half finished ones. */
    static PacedWriter ofSignals(Database database, int perSecond, int sessions) {
        return new PacedWriter(database, perSecond, sessions, SIGNALS);
    }

    private PacedWriter(Database database, int perSecond, int sessions, Kind[] mix) {
        this.mix = mix;
        this.database = database;
        this.sessions = sessions;
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.signals = ids("bench/sample-signals");
        this.users = ids("bench/sample-users");
    }

    private List<UUID> ids(String sql) {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of(sql)).mapTo(UUID.class).list());
    }

    void start() {
        long start = System.nanoTime();
        for (int i = 0; i < sessions; i++) {
            Thread thread = new Thread(() -> write(start), "paced-writer-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void write(long start) {
        try (Connection connection = database.dataSource().getConnection()) {
            for (int number = next.getAndIncrement(); !stopped; number = next.getAndIncrement()) {
                long due = start + number * intervalNanos;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                try {
                    one(connection, number);
                } catch (SQLException e) {
                    failed.incrementAndGet();
                }
                nanos.add(System.nanoTime() - due);
            }
        } catch (SQLException e) {
            failed.incrementAndGet();
        }
    }

    private void one(Connection connection, int number) throws SQLException {
        Kind kind = mix[number % mix.length];
        List<UUID> ids = kind == Kind.USER ? users : signals;
        try (PreparedStatement statement = connection.prepareStatement(Sql.of(kind.sql))) {
            statement.setObject(1, ids.get((int) (number * 7919L % ids.size())));
            statement.executeUpdate();
        }
    }

    /** Stops after the writes under way. */
    Latencies stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Latencies.of(nanos.stream().mapToLong(Long::longValue).toArray(), failed.get());
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
