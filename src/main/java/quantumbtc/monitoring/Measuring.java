package quantumbtc.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/**
 * Reads what metrics and alerts are made of. At most one reading is under way at a time, however many ask and however long
 * the database takes, so that a database that hangs costs one connection and one thread.
 */
public final class Measuring {

    private static final Logger log = LoggerFactory.getLogger(Measuring.class);
    private static final String CALLS = "public.api_latency_reliability_logs";
    private static final String HOURS = "quantum_ops.market_hours";
    private static final String ANOMALIES = "public.quantum_anomaly_logs";
    private static final String ACCURACY = "public.prediction_accuracy_database";
    private static final String GENERATED = "quantum_ops.generated_trades";
    private static final String VALIDATIONS = "quantum_ops.validation_runs";
    private static final String TRADES = "quantum_ops.trade_rollup";
    private static final String RUNS = "quantum_ops.migration_runs";
    private static final String SYNC = "quantum_ops.sync_control";
    private static final String LAG = "quantum_ops.sync_lag";
    private static final String ROUNDS = "quantum_ops.verification_rounds";
    private static final String ALERTS = "quantum_ops.alerts";
    private static final String CAPTURE = "quantum_ops.capture_failures";
    private static final List<String> ALL = List.of(CALLS, HOURS, ANOMALIES, ACCURACY, GENERATED, VALIDATIONS, TRADES, RUNS, SYNC, LAG, CAPTURE,
            ROUNDS, ALERTS);

    private final Database database;
    private final Clock clock;
    private final Duration kept;
    private CompletableFuture<Measures> underWay;
    private Measures last;
    private long lastNanos;

    /** @param kept for how long {@link #lately} gives the same reading again */
    public Measuring(Database database, Clock clock, Duration kept) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
    }

    /**
     * Measures now.
     *
     * @throws DatabaseAway          when the database does not answer in time, or the connection breaks
     * @throws IllegalStateException when it answers with an error
     */
    public Measures now(Duration patience) {
        try {
            return start().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DatabaseAway("it does not answer within " + patience.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            String state = Sql.state(e.getCause());
            if (lost(state)) {
                throw new DatabaseAway(state.isEmpty() ? "it gives no connection" : Sql.firstLine(e.getCause()));
            }
            throw new IllegalStateException("measuring failed, SQLSTATE " + state + ": " + Sql.firstLine(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseAway("the program is stopping");
        }
    }

    /**
     * What was measured a moment ago, or else now; empty when the database is away.
     *
     * @throws IllegalStateException when it answers with an error
     */
    public Optional<Measures> lately(Duration patience) {
        synchronized (this) {
            if (last != null && System.nanoTime() - lastNanos < kept.toNanos()) {
                return Optional.of(last);
            }
        }
        try {
            return Optional.of(now(patience));
        } catch (DatabaseAway e) {
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<Measures> start() {
        if (underWay == null) {
            CompletableFuture<Measures> mine = new CompletableFuture<>();
            underWay = mine;
            Thread thread = new Thread(() -> complete(mine), "measuring");
            thread.setDaemon(true);
            thread.start();
        }
        return underWay;
    }

    private void complete(CompletableFuture<Measures> reading) {
        Measures measures = null;
        Throwable failure = null;
        try {
            measures = read();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        synchronized (this) {
            underWay = null;
            if (measures != null) {
                last = measures;
                lastNanos = System.nanoTime();
            }
        }
        if (failure == null) {
            reading.complete(measures);
        } else {
            reading.completeExceptionally(failure);
        }
    }

    private Measures read() {
        Instant now = clock.instant();
        return database.jdbi().inTransaction(handle -> {
            // A measurement must never be what slows the database down.
            handle.execute("SET LOCAL statement_timeout = '3s'");
            Parts parts = new Parts(handle, new HashSet<>(handle.createQuery(Sql.of("monitoring/find-tables"))
                    .bindArray("names", String.class, ALL).mapTo(String.class).list()));
            return new Measures(now,
                    parts.of(List.of(CALLS), List.of(), () -> timed(handle, "sources", now).map(ConstructorMapper.of(Measures.Source.class)).list()),
                    parts.of(List.of(HOURS), List.of(), () -> timed(handle, "quality", now).map(ConstructorMapper.of(Measures.QualityHour.class)).list()),
                    parts.of(List.of(ANOMALIES), null, () -> one(timed(handle, "anomalies", now), Measures.Anomalies.class)),
                    parts.of(List.of(ACCURACY), null, () -> one(query(handle, "accuracy"), Measures.Accuracy.class)),
                    parts.of(List.of(GENERATED), null, () -> one(timed(handle, "engagement", now), Measures.Engagement.class)),
                    parts.of(List.of(ANOMALIES), null, () -> new Measures.Suspensions(one(
                            handle.createQuery(Sql.of("monitoring/measure-suspension")).bind("now", now), Measures.OpenSuspension.class))),
                    parts.of(List.of(VALIDATIONS), null, () -> one(query(handle, "validation"), Measures.Validation.class)),
                    parts.of(List.of(TRADES), Map.of(), () -> counts(query(handle, "trades"))),
                    parts.of(List.of(RUNS), null, () -> one(timed(handle, "migration", now), Measures.Migration.class)),
                    parts.of(List.of(SYNC, LAG), null, () -> one(query(handle, "sync"), Measures.Sync.class)),
                    parts.of(List.of(CAPTURE), null, () -> handle.createQuery(Sql.of("monitoring/measure-capture")).mapTo(Long.class).one()),
                    parts.of(List.of(ROUNDS), null, () -> one(query(handle, "verification"), Measures.Verification.class)),
                    parts.of(List.of(ALERTS), null, () -> counts(query(handle, "alerts"))));
        });
    }

    /** Measures part by part: one that fails is unknown, and the others are measured nevertheless. */
    private record Parts(Handle handle, Set<String> there) {

        <T> T of(List<String> tables, T unknown, Supplier<T> measure) {
            if (!there.containsAll(tables)) {
                return unknown;
            }
            handle.savepoint("part");
            try {
                return measure.get();
            } catch (JdbiException e) {
                if (lost(Sql.state(e))) {
                    throw e;
                }
                handle.rollbackToSavepoint("part");
                log.warn("measuring: {} cannot be read and counts as unknown: {}", tables.get(0), Sql.firstLine(e));
                return unknown;
            }
        }
    }

    /** Without a state the pool had no connection to give; 08 and 57P are connections that broke or are shut down. */
    private static boolean lost(String state) {
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
    }

    private static Query query(Handle handle, String name) {
        return handle.createQuery(Sql.of("monitoring/measure-" + name));
    }

    private static Query timed(Handle handle, String name, Instant now) {
        return query(handle, name).bind("now", now);
    }

    private static <T> T one(Query query, Class<T> type) {
        return query.map(ConstructorMapper.of(type)).findOne().orElse(null);
    }

    private static Map<String, Long> counts(Query query) {
        return query.map((row, context) -> Map.entry(row.getString(1), row.getLong(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
