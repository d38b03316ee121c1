package quantumbtc.validation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.market.Anomaly;
import quantumbtc.market.Assessment;
import quantumbtc.market.Candle;
import quantumbtc.market.Candles;
import quantumbtc.market.Severity;
import quantumbtc.market.Source;

/**
 * Judges every open trade by the candles since the last run and writes what came of it. A second run over the same
 * candles changes nothing; after an outage the missed hours are judged and get their snapshots.
 */
public final class HourlyValidation {

    private static final Logger log = LoggerFactory.getLogger(HourlyValidation.class);
    private static final int SHARDS = 4;

    private final Database database;
    private final ValidationLease lease;
    private final Clock clock;
    private final int sessions;
    private final Duration patience;
    private final ShardJudge shards;
    private final Map<UUID, Heartbeat> heartbeats = new ConcurrentHashMap<>();

    /**
     * @param sessions database sessions that judge side by side
     * @param patience how long candles of an expired trade's window are waited for
     */
    public HourlyValidation(Database database, ValidationLease lease, Clock clock, int sessions, Duration patience) {
        this.database = database;
        this.lease = lease;
        this.clock = clock;
        this.sessions = sessions;
        this.patience = patience;
        this.shards = new ShardJudge(database);
    }

    /**
     * Opens a run; {@link #judge} or {@link #giveUp} ends it.
     *
     * @param starter timer, command or rest
     * @throws quantumbtc.db.Refused when another validation is under way
     */
    public ValidationRun open(Object starter) {
        ValidationRun run = lease.open(starter);
        heartbeats.put(run.id(), new Heartbeat(lease, run));
        return run;
    }

    /**
     * @param answers    candles of every step that was asked for
     * @param assessment the market now; null when it could not be gathered
     */
    public ValidationReport judge(ValidationRun run, List<Candles> answers, Assessment assessment) {
        try {
            List<Candle> candles = answers.stream().flatMap(answer -> Stream.concat(answer.kraken().stream(), answer.second().stream())).toList();
            Evidence evidence = Evidence.of(candles, run.startedAt(), patience);
            List<Instant> hours = database.jdbi().inTransaction(handle -> {
                ValidationLease.hold(handle, run);
                return MarketHours.write(handle, evidence, assessment);
            });
            ShardResult result = judgeShards(run, evidence, hours);
            ValidationReport report = finish(run, evidence, result, answers);
            Summary summary = report.summary();
            log.atInfo().addKeyValue("runId", run.id())
                    .log("validation {}: {} trades judged in {} ms: {} HIT, {} NOT_HIT, {} EXPIRED, {} INVALIDATED, {} anomalies", run.id(),
                            summary.tradesValidated(), summary.executionTime(), summary.tradesHit(), summary.tradesNotHit(),
                            summary.tradesExpired(), summary.tradesInvalidated(), summary.anomaliesDetected());
            return report;
        } catch (RuntimeException e) {
            giveUp(run, e);
            throw e;
        } finally {
            stopHeartbeat(run);
        }
    }

    private ShardResult judgeShards(ValidationRun run, Evidence evidence, List<Instant> hours) {
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Future<ShardResult>> working = new ArrayList<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                int number = shard;
                working.add(threads.submit(() -> shards.judge(run, number, evidence, hours)));
            }
            ShardResult sum = ShardResult.NOTHING;
            for (Future<ShardResult> one : working) {
                sum = sum.plus(one.get());
            }
            return sum;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a part of the open trades could not be judged: " + e.getCause().getMessage()
                    + ". The parts that were finished are kept; the next run goes on from there.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the validation was interrupted; finished parts are kept", e);
        } finally {
            threads.shutdown();
        }
    }

    private ValidationReport finish(ValidationRun run, Evidence evidence, ShardResult judged, List<Candles> answers) {
        Instant hour = run.startedAt().truncatedTo(ChronoUnit.HOURS);
        return database.jdbi().inTransaction(handle -> {
            ValidationLease.hold(handle, run);
            List<String> troubles = evidence.until() == null ? List.of(noCandles(answers)) : List.of();
            ShardResult result = judged.with(TradeAnomalies.write(handle, marketAnomalies(handle, hour, evidence, troubles)), troubles);
            keepRollup(handle);
            handle.createUpdate(Sql.of("validation/roll-up-drawdown")).execute();
            handle.createUpdate(Sql.of("validation/write-accuracy")).bind("hour", hour).execute();
            close(handle, run, "FINISHED", evidence.until(), result);
            long milliseconds = Duration.between(run.startedAt(), clock.instant()).toMillis();
            return new ValidationReport(result.errors().isEmpty(), new Summary(result.validated(), result.hit(), result.notHit(),
                    result.invalidated(), result.expired(), result.anomalies(), milliseconds),
                    result.errors().isEmpty() ? null : result.errors());
        });
    }

    private static String noCandles(List<Candles> answers) {
        List<String> causes = answers.stream().flatMap(answer -> answer.failures().stream())
                .map(failure -> failure.source().label() + ": " + failure.detail()).distinct().toList();
        return "no candles could be had, so nothing was judged or closed; the next run catches up" + (causes.isEmpty() ? "" : " (" + String.join("; ", causes) + ")");
    }

    private static List<TradeAnomalies.Found> marketAnomalies(Handle handle, Instant hour, Evidence evidence, List<String> troubles) {
        List<TradeAnomalies.Found> found = new ArrayList<>();
        handle.createQuery(Sql.of("validation/read-phase-shift")).bind("hour", hour).mapTo(Boolean.class).findOne()
                .filter(shift -> shift).ifPresent(shift -> found.add(new TradeAnomalies.Found(new Anomaly("PHASE_SHIFT", Severity.INFO,
                        "the hourly price turned: the slope of the last three hours is opposite to that of the three before",
                        List.of(), "Marked in the snapshots of trades older than five hours."), null, hour.toString(), evidence.now())));
        troubles.forEach(trouble -> found.add(new TradeAnomalies.Found(new Anomaly("NO_CANDLES", Severity.ERROR, trouble,
                List.of(Source.KRAKEN.label(), Source.COINGECKO.label()), "No trade is judged until candles can be had."),
                null, hour.toString(), evidence.now())));
        return found;
    }

    private static void keepRollup(Handle handle) {
        if (!handle.createQuery(Sql.of("validation/check-rollup")).mapTo(Boolean.class).one()) {
            handle.createUpdate(Sql.of("validation/clear-rollup")).execute();
            handle.createUpdate(Sql.of("validation/roll-up-everything")).execute();
            handle.createUpdate(Sql.of("validation/roll-up-all-days")).execute();
        }
    }

    /**
     * Ends a run that cannot go on, so that the next one need not wait for its lease. Safe to call for an ended run.
     *
     * @param run null when none was opened
     */
    public void giveUp(ValidationRun run, Exception cause) {
        if (run == null) {
            return;
        }
        log.atWarn().addKeyValue("runId", run.id()).log("validation {}: given up: {}", run.id(), cause.getMessage());
        stopHeartbeat(run);
        ShardResult nothing = ShardResult.NOTHING.with(0, List.of(String.valueOf(cause.getMessage())));
        database.jdbi().useHandle(handle -> close(handle, run, "FAILED", null, nothing));
    }

    private void close(Handle handle, ValidationRun run, String state, Instant until, ShardResult result) {
        handle.createUpdate(Sql.of("validation/finish-run"))
                .bind("run_id", run.id()).bind("state", state).bind("finished_at", clock.instant())
                .bindByType("judged_until", until, Instant.class).bind("validated", result.validated()).bind("hit", result.hit())
                .bind("not_hit", result.notHit()).bind("invalidated", result.invalidated()).bind("expired", result.expired())
                .bind("snapshots", result.snapshots()).bind("anomalies", result.anomalies()).bind("failed", result.failed())
                .bindArray("errors", String.class, result.errors()).execute();
    }

    private void stopHeartbeat(ValidationRun run) {
        Heartbeat heartbeat = heartbeats.remove(run.id());
        if (heartbeat != null) {
            heartbeat.close();
        }
    }
}
