package quantumbtc.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import quantumbtc.db.Sql;

/**
 * The one statement cut into key ranges that two sessions work through: no row leaves the server, so this is what two
 * processors can do at best while the indexes and the foreign key are kept up.
 */
final class RangeInserts {

    private static final int SESSIONS = 2;
    private static final int RANGES = 50;
    private static final long FIRST_32_BITS = 1L << 32;

    private RangeInserts() {
    }

    static void copy(DataSource source) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                work.add(sessions.submit(() -> {
                    insert(source, next);
                    return null;
                }));
            }
            for (Future<?> session : work) {
                session.get();
            }
        } finally {
            sessions.shutdownNow();
        }
    }

    private static void insert(DataSource source, AtomicInteger next) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            for (int range = next.getAndIncrement(); range < RANGES; range = next.getAndIncrement()) {
                String below = range + 1 == RANGES ? "" : " AND id < '" + border(range + 1) + "'";
                statement.execute(Sql.of("bench/insert-select") + " AND id >= '" + border(range) + "'" + below);
            }
        }
    }

    /** Random ids lie evenly between the borders. */
    private static String border(int range) {
        return String.format("%08x-0000-0000-0000-000000000000", range * FIRST_32_BITS / RANGES);
    }
}
