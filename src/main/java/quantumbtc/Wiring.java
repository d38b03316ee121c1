package quantumbtc;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import quantumbtc.db.CountedParameters;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.http.AccessTable;
import quantumbtc.http.AtgeUpstream;
import quantumbtc.http.Authorization;
import quantumbtc.http.CronSecret;
import quantumbtc.http.DashboardRequests;
import quantumbtc.http.DatabaseCheck;
import quantumbtc.http.GateEngine;
import quantumbtc.http.GateParts;
import quantumbtc.http.Health;
import quantumbtc.http.Json;
import quantumbtc.http.LegacyDoor;
import quantumbtc.http.LegacyRequests;
import quantumbtc.http.MigrationRequests;
import quantumbtc.http.MonitoringRequests;
import quantumbtc.http.OldDeployment;
import quantumbtc.http.Problem;
import quantumbtc.http.Problems;
import quantumbtc.http.RateLimits;
import quantumbtc.http.RolloutRequests;
import quantumbtc.http.Sessions;
import quantumbtc.http.TokenKeys;
import quantumbtc.http.SyncRequests;
import quantumbtc.http.Tokens;
import quantumbtc.http.TradeRequests;
import quantumbtc.market.HistoryTooShort;
import quantumbtc.migration.Archive;
import quantumbtc.migration.AuditedVerify;
import quantumbtc.migration.Backup;
import quantumbtc.market.NotPure;
import quantumbtc.market.Suspended;
import quantumbtc.migration.CatchUp;
import quantumbtc.migration.ChunkCopier;
import quantumbtc.migration.ChunkPlan;
import quantumbtc.migration.CompatView;
import quantumbtc.migration.Conflicts;
import quantumbtc.migration.ContinuousVerification;
import quantumbtc.migration.DayIsFull;
import quantumbtc.migration.LegacyFigures;
import quantumbtc.migration.LegacySignals;
import quantumbtc.migration.LegacyTrades;
import quantumbtc.migration.MigrationFailed;
import quantumbtc.migration.MigrationLog;
import quantumbtc.migration.MigrationRuns;
import quantumbtc.migration.MigrationSettings;
import quantumbtc.migration.NameSwap;
import quantumbtc.migration.NoSuchRun;
import quantumbtc.migration.Plan;
import quantumbtc.migration.Quarantine;
import quantumbtc.migration.Restore;
import quantumbtc.migration.Rollback;
import quantumbtc.migration.RunEnd;
import quantumbtc.migration.Sync;
import quantumbtc.migration.BulkLoad;
import quantumbtc.migration.Verify;
import quantumbtc.monitoring.MarketHistory;
import quantumbtc.monitoring.PerformanceDashboard;
import quantumbtc.monitoring.ProfitCurve;
import quantumbtc.monitoring.TradeChart;
import quantumbtc.monitoring.Phases;
import quantumbtc.monitoring.TradeDetails;
import quantumbtc.rollout.LegacyEndpoints;
import quantumbtc.rollout.Rollout;
import quantumbtc.rollout.RolloutLimits;
import quantumbtc.signal.Calibration;
import quantumbtc.signal.SignalGenerator;
import quantumbtc.signal.SignalNow;
import quantumbtc.signal.Wording;
import quantumbtc.trade.BadFilter;
import quantumbtc.trade.Claims;
import quantumbtc.trade.FirstRequestFailed;
import quantumbtc.trade.NotInTime;
import quantumbtc.trade.TooManyAtOnce;
import quantumbtc.trade.TradeAnswers;
import quantumbtc.trade.TradeFilter;
import quantumbtc.trade.Trades;
import quantumbtc.trade.UnknownUser;
import quantumbtc.validation.CandlesWanted;
import quantumbtc.validation.HourlyValidation;
import quantumbtc.validation.ValidationLease;

/** Makes every bean by its constructor, and says under which name the routes find it. */
public final class Wiring implements AutoCloseable {

    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final Settings settings;
    private final Database database;
    private final Clock clock;
    private final Schema schema;
    private final MarketBeans market;
    private final MonitoringBeans monitoring;
    private ExecutorService generationThreads;
    private Tracing tracing;

    public Wiring(Settings settings, Database database, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        LockRetry locks = new LockRetry(settings.number("database.lock-timeout-ms", 10, 600_000),
                settings.number("database.lock-attempts", 1, 100));
        schema = new Schema(database, locks);
        beans.put("dataSource", CountedParameters.around(database.dataSource()));
        beans.put("schema", schema);
        migration(settings, database, locks, clock);
        sync(locks);
        market = new MarketBeans(settings, database, clock, beans);
        Trades trades = new Trades(database);
        signals(trades);
        generation(trades);
        validation(trades);
        monitoring = new MonitoringBeans(settings, database, clock, beans);
    }

    private void validation(Trades trades) {
        Duration patience = Duration.ofHours(settings.number("validation.patience-hours", 1, 10_000));
        ValidationLease lease = new ValidationLease(database, clock, settings.number("validation.lease-seconds", 5, 3_600));
        beans.put("candlesWanted", new CandlesWanted(database, clock, patience));
        beans.put("hourlyValidation", new HourlyValidation(database, lease, clock,
                settings.number("validation.sessions", 1, 4), patience));
        beans.put("performanceDashboard", new PerformanceDashboard(database, clock));
        beans.put("tradeDetails", new TradeDetails(database, trades));
        beans.put("profitCurve", new ProfitCurve(database));
        beans.put("marketHistory", new MarketHistory(database, clock));
        beans.put("tradeChart", new TradeChart(clock));
    }

    private void signals(Trades trades) {
        int history = settings.number("signal.history-candles", 120, 1_000_000);
        SignalGenerator generator = new SignalGenerator(Calibration.shipped(), history);
        beans.put("trades", trades);
        beans.put("signalGenerator", generator);
        beans.put("signalNow", new SignalNow(generator, clock, history));
        beans.put("wording", settings.find("wording.model").map(model -> Wording.by(settings.text("wording.base-url"),
                settings.find("openai.api-key").orElse("none"), model,
                Duration.ofMillis(settings.number("wording.timeout", 100, 60_000)))).orElseGet(Wording::off));
    }

    private void migration(Settings settings, Database database, LockRetry locks, Clock clock) {
        MigrationSettings migration = migrationSettings(settings);
        MigrationLog log = new MigrationLog(database, clock);
        Plan plan = new Plan(database, migration, clock);
        CompatView view = new CompatView(database, locks, migration.sourceTable());
        MigrationRuns runs = new MigrationRuns(database, schema, plan, view, log, migration, clock);
        BulkLoad load = new BulkLoad(database, locks, log);
        CatchUp catchUp = new CatchUp();
        Path data = Path.of(settings.text("data.directory"));
        beans.put("migrationLog", log);
        beans.put("migrationRuns", runs);
        beans.put("chunkPlan", new ChunkPlan(database, log));
        beans.put("bulkLoad", load);
        beans.put("chunkCopier", new ChunkCopier(database, catchUp));
        beans.put("runEnd", new RunEnd(database, load, runs, log));
        beans.put("quarantine", new Quarantine(database, runs, log, catchUp, clock));
        beans.put("plan", plan);
        beans.put("verify", new AuditedVerify(new Verify(database, schema, migration, migration.workers(), clock), log, clock));
        beans.put("rollback", new Rollback(database, locks, clock, data, migration.sourceTable(), (int) migration.lease().toSeconds()));
        beans.put("restore", new Restore(database, locks, clock, migration.sourceTable()));
        beans.put("archive", new Archive(database, locks, clock, migration.sourceTable(), migration.chunkRows()));
        beans.put("backup", new Backup(database, clock, data, migration.sourceTable(), System.getenv("PATH")));
        beans.put("migrationWorkers", workers(migration.workers()));
    }

    private void sync(LockRetry locks) {
        MigrationSettings migration = migrationSettings(settings);
        Sync sync = new Sync(database, schema, locks, migration, settings.choice("migration.sync", Switch.class) == Switch.ON,
                settings.number("sync.batch-rows", 1, 100_000),
                new ContinuousVerification(database, migration, settings.number("verification.segments", 1, 10_000)), clock);
        beans.put("sync", sync);
        NameSwap names = new NameSwap(database, locks, migration, (Archive) beans.get("archive"), sync, clock);
        beans.put("nameSwap", names);
        beans.put("syncConflicts", new Conflicts(database, migration));
        beans.put("legacyEndpoints", new LegacyEndpoints(database, clock));
        beans.put("legacyTrades", new LegacyTrades(database, migration.sourceTable()));
        beans.put("legacyFigures", new LegacyFigures(database, migration.sourceTable(), clock));
        beans.put("legacySignals", new LegacySignals(database, migration.sourceTable(), clock));
        rollout(sync::drain);
        beans.put("phases", new Phases(database, sync, (Rollout) beans.get("rollout"), (LegacyEndpoints) beans.get("legacyEndpoints"), names,
                migration.sourceTable(), Path.of(settings.text("data.directory")), (int) migration.lease().toSeconds()));
    }

    /** @throws quantumbtc.db.Refused when the address of the old deployment is none */
    private Optional<OldDeployment> oldDeployment() {
        Duration timeout = Duration.ofMillis(settings.number("atge.timeout-ms", 10, 600_000));
        Duration open = Duration.ofMillis(settings.number("atge.breaker-open-ms", 10, 600_000));
        return settings.find("atge.upstream-url").map(url -> new OldDeployment(address(url), timeout, open));
    }

    private static URI address(String url) {
        try {
            URI address = new URI(url.replaceFirst("/$", ""));
            if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme()) && address.getPath().isEmpty()
                    && address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new Refused("atge.upstream-url must be such as https://host:port, without a path. Nothing was started.");
    }

    /** @param drain applies what ATGE has written so far */
    private void rollout(Runnable drain) {
        beans.put("rollout", new Rollout(database, new RolloutLimits(
                settings.list("rollout.stages").stream().map(Integer::valueOf).sorted().toList(),
                Duration.ofMinutes(settings.number("rollout.window-minutes", 1, 10_000)),
                settings.number("rollout.error-percent", 0, 100), settings.number("rollout.quality-least", 0, 100),
                settings.number("rollout.reliability-least", 0, 100), settings.number("rollout.lag-seconds", 0, 86_400),
                Duration.ofHours(settings.number("rollout.verified-within-hours", 1, 10_000)),
                settings.flag("rollout.step-back"), settings.number("rollout.step-back-calls", 1, 1_000_000),
                Duration.ofMinutes(settings.number("rollout.cool-down-minutes", 1, 10_000))), drain, clock));
    }

    private enum Switch { ON, OFF }

    private void generation(Trades trades) {
        // As many as are let in, and those that are still on their way to giving up.
        generationThreads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "generation");
            thread.setDaemon(true);
            return thread;
        });
        beans.put("generationThreads", generationThreads);
        beans.put("claims", new Claims(database, trades, clock,
                Duration.ofMillis(settings.number("generation.budget-ms", 100, 600_000)), settings.number("generation.at-once", 1, 1_000)));
        beans.put("tradeFilter", new TradeFilter());
        beans.put("tradeAnswers", new TradeAnswers());
    }

    private static MigrationSettings migrationSettings(Settings settings) {
        return new MigrationSettings(settings.text("migration.source-table"),
                settings.list("migration.bitcoin-symbols").stream().map(symbol -> symbol.toUpperCase(Locale.ROOT)).toList(),
                settings.number("migration.chunk-rows", 100, 1_000_000),
                settings.number("migration.workers", 1, 16),
                settings.number("migration.max-text-bytes", 1_000, 200_000_000),
                settings.choice("migration.indexes", MigrationSettings.Indexes.class),
                Duration.ofSeconds(settings.number("migration.lease-seconds", 5, 3_600)),
                settings.decimal("migration.throttle-factor", 0, 999),
                settings.number("migration.rows-per-second", 0, 10_000_000),
                Duration.ofSeconds(settings.number("migration.stall-seconds", 5, 86_400)));
    }

    /** The splitter hands over the next chunk only when it begins one, so the queue stays short without a bound. */
    private static ExecutorService workers(int count) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Adds what only serving needs. Apart from the rest, so that no command fails over a setting of the endpoints.
     *
     * @throws quantumbtc.db.Refused when the settings of the tokens are unsafe
     */
    void addEndpoints(String version) {
        Tokens tokens = new Tokens(TokenKeys.of(settings.find("jwt.secret"), settings.find("jwt.jwks-url")),
                settings.find("jwt.audience"), clock);
        RateLimits limits = new RateLimits(database.dataSource(), clock);
        Health health = new Health(database, version);
        Problems problems = new Problems()
                .answer(NoSuchRun.class, none -> Problem.notFound(none.getMessage()))
                .answer(MigrationFailed.class, failed -> Problem.of(409, failed.getMessage()))
                .answer(NotPure.class, poor -> Problem.unavailable(poor.headline(), Duration.ofMinutes(1))
                        .with("dataQuality", poor.score()).with("status", poor.grade()).with("issues", poor.missing())
                        .with("message", poor.getMessage()))
                .answer(HistoryTooShort.class, few -> Problem.unavailable(few.getMessage(), Duration.ofMinutes(1)))
                .answer(FirstRequestFailed.class, failed -> Problem.unavailable(failed.getMessage(), Duration.ofSeconds(1)))
                .answer(TooManyAtOnce.class, busy -> Problem.unavailable(busy.getMessage(), Duration.ofSeconds(5)))
                .answer(NotInTime.class, late -> Problem.of(504, late.getMessage()))
                .answer(UnknownUser.class, gone -> Problem.of(403, "Forbidden. This user does not exist any more."))
                .answer(BadFilter.class, bad -> Problem.badRequest(bad.getMessage()))
                .answer(DayIsFull.class, full -> Problem.tooManyRequests(full.getMessage(), full.left()))
                .answer(LegacyEndpoints.Disabled.class, gone -> Problem.gone())
                .answer(Suspended.class, open -> Problem.unavailable(open.getMessage(),
                        Duration.between(clock.instant(), open.endsAt()).plusSeconds(1)));
        Optional<OldDeployment> deployment = oldDeployment();
        LegacyEndpoints endpoints = (LegacyEndpoints) beans.get("legacyEndpoints");
        LegacyDoor door = new LegacyDoor(endpoints::isFresh, endpoints::enabled, deployment);
        beans.put(GateEngine.NAME, new GateEngine(new GateParts(new AccessTable(),
                new Authorization(tokens, new Sessions(database.jdbi(), settings.find("jwt.sessions-column")), new CronSecret(settings.find("cron.secret"))), limits, problems, new Json(), door,
                monitoring.addMetrics(beans))));
        beans.put("rateLimits", limits);
        beans.put("health", health);
        beans.put("databaseCheck", new DatabaseCheck(health));
        beans.put("migrationRequests", new MigrationRequests());
        beans.put("tradeRequests", new TradeRequests());
        beans.put("dashboardRequests", new DashboardRequests());
        beans.put("rolloutRequests", new RolloutRequests());
        beans.put("legacyRequests", new LegacyRequests());
        beans.put("atgeUpstream", new AtgeUpstream(deployment));
        beans.put("syncRequests", new SyncRequests());
        beans.put("monitoringRequests", new MonitoringRequests());
        settings.find("tracing.endpoint").ifPresent(endpoint -> {
            tracing = new Tracing(endpoint, version);
            beans.put("tracer", tracing.tracer());
        });
    }

    public Schema schema() {
        return schema;
    }

    /** For the list of all rows that would be quarantined, which is too long for an answer. */
    public Plan plan() {
        return (Plan) beans.get("plan");
    }

    /** Beans by the name that routes use. */
    public Map<String, Object> beans() {
        return beans;
    }

    /** Called when the routes have stopped and the database is still there. */
    @Override
    public void close() {
        generationThreads.shutdownNow();
        monitoring.close();
        if (tracing != null) {
            tracing.close();
        }
        market.close();
    }
}
