package quantumbtc.http;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import quantumbtc.db.Database;

/** Whether the program can work now: its database answers within two seconds. */
public final class Health {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final String version;
    private final AtomicReference<CompletableFuture<Long>> running = new AtomicReference<>();

    /** @param version of the program */
    public Health(Database database, String version) {
        this.database = database;
        this.version = version;
    }

    /** The answer of the health endpoint, in its order of fields. */
    public Map<String, Object> report() {
        Optional<Long> millis = databaseMillis();
        if (millis.isEmpty()) {
            throw Problem.unavailable("The database does not answer within " + PATIENCE.toSeconds() + " seconds.", PATIENCE)
                    .with("status", "DOWN").with("database", Map.of("status", "DOWN")).with("version", version);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("status", "UP");
        answer.put("database", answered(millis.get()));
        answer.put("version", version);
        return answer;
    }

    private static Map<String, Object> answered(long millis) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "UP");
        answer.put("responseTimeMs", millis);
        return answer;
    }

    /** How long the database took to answer, milliseconds; empty when it did not in time, or with an error. */
    Optional<Long> databaseMillis() {
        CompletableFuture<Long> probe = probe();
        try {
            return Optional.of(probe.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** All callers wait for the same probe, so that a database that hangs holds one connection and one thread of ours. */
    private CompletableFuture<Long> probe() {
        CompletableFuture<Long> mine = new CompletableFuture<>();
        CompletableFuture<Long> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        Thread thread = new Thread(() -> {
            try {
                mine.complete(ask());
            } catch (SQLException | RuntimeException e) {
                mine.completeExceptionally(e);
            } finally {
                running.set(null);
            }
        }, "health-probe");
        thread.setDaemon(true);
        thread.start();
        return mine;
    }

    private long ask() throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = database.dataSource().getConnection()) {
            if (!connection.isValid((int) PATIENCE.toSeconds())) {
                throw new SQLException("the connection is not valid");
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
