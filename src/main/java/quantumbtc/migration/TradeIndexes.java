package quantumbtc.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;

/**
 * The secondary indexes of btc_trades. Keeping them up row by row is a third of the work of a large load, so a load into
 * an empty table may drop them first and build them afterwards, two at a time.
 */
public final class TradeIndexes {

    /** As the schema makes them. */
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("btc_trades_user_id_idx", "user_id");
        COLUMNS.put("btc_trades_status_idx", "status");
        COLUMNS.put("btc_trades_generated_at_idx", "generated_at DESC");
        COLUMNS.put("btc_trades_expires_at_idx", "expires_at");
        COLUMNS.put("btc_trades_symbol_idx", "symbol");
    }

    /** Below this the indexes are as fast to keep as to build. */
    private static final long WORTH_DEFERRING = 50_000;
    private static final int SESSIONS = 2;

    private final Database database;
    private final LockRetry locks;
    private final MigrationLog audit;

    public TradeIndexes(Database database, LockRetry locks, MigrationLog audit) {
        this.database = database;
        this.locks = locks;
        this.audit = audit;
    }

    /** Drops them when the setting and an empty btc_trades allow it; else leaves them. */
    public ActiveRun defer(ActiveRun run) throws Exception {
        if (run.settings().indexes() == MigrationSettings.Indexes.KEEP) {
            return run;
        }
        run.step("defer indexes");
        locks.run("indexes of btc_trades", "They are as they were.", () -> {
            database.jdbi().useTransaction(handle -> drop(handle, run));
            return null;
        });
        return run;
    }

    private void drop(Handle handle, ActiveRun run) {
        locks.limit(handle);
        boolean empty = handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM public.btc_trades)").mapTo(Boolean.class).one();
        long candidates = handle.createQuery("SELECT candidate_rows FROM quantum_ops.migration_runs WHERE run_id = ?")
                .bind(0, run.runId()).mapTo(Long.class).one();
        if (!empty || run.settings().indexes() == MigrationSettings.Indexes.AUTO && candidates < WORTH_DEFERRING) {
            return;
        }
        handle.execute("LOCK TABLE public.btc_trades IN ACCESS EXCLUSIVE MODE");
        if (handle.createQuery("SELECT EXISTS (SELECT 1 FROM public.btc_trades)").mapTo(Boolean.class).one()) {
            return;
        }
        for (String name : COLUMNS.keySet()) {
            handle.execute("DROP INDEX IF EXISTS public." + name);
        }
        handle.execute("UPDATE quantum_ops.migration_runs SET deferred_indexes = true WHERE run_id = ?", run.runId());
    }

    /** Builds those that are not there. Safe to repeat. */
    public ActiveRun ensure(ActiveRun run) throws Exception {
        List<String> absent = absent();
        if (!absent.isEmpty()) {
            run.step("build indexes");
            audit.step(run.runId(), "build indexes", () -> {
                build(absent);
                return null;
            });
        }
        database.jdbi().useHandle(handle -> handle.execute("UPDATE quantum_ops.migration_runs SET deferred_indexes = false"));
        return run;
    }

    private List<String> absent() {
        List<String> present = database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'btc_trades'").mapTo(String.class).list());
        return COLUMNS.keySet().stream().filter(name -> !present.contains(name)).toList();
    }

    private void build(List<String> names) throws Exception {
        ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<?>> builds = new ArrayList<>();
            for (String name : names) {
                builds.add(sessions.submit(() -> {
                    create(name);
                    return null;
                }));
            }
            for (Future<?> build : builds) {
                build.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new Refused("an index of btc_trades could not be built: " + e.getCause().getMessage()
                    + ". All rows are kept; run the migration again to build it.", e.getCause());
        } finally {
            sessions.shutdown();
        }
    }

    private void create(String name) throws SQLException {
        database.jdbi().useTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = 0");
            handle.execute("SET LOCAL maintenance_work_mem = '256MB'");
            handle.execute("CREATE INDEX IF NOT EXISTS " + name + " ON public.btc_trades (" + COLUMNS.get(name) + ")");
        });
    }
}
