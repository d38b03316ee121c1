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
import quantumbtc.db.Sql;

/**
 * Makes a large load into an empty btc_trades cheap. Keeping the secondary indexes up and checking the user of each row
 * are two thirds of the server's work; so both are dropped first, and made afterwards: the indexes side by side, the
 * foreign key for all rows at once. Trades whose user is missing go to quarantine then. Meanwhile autovacuum leaves the
 * table alone: it would work on a table that grows under its hands, and hold the lock that an index needs.
 */
public final class BulkLoad {

    /** As the schema makes them; those that take longest first, so that the last to end does not end alone. */
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("btc_trades_status_idx", "status");
        COLUMNS.put("btc_trades_user_id_idx", "user_id");
        COLUMNS.put("btc_trades_expires_at_idx", "expires_at");
        COLUMNS.put("btc_trades_symbol_idx", "symbol");
        COLUMNS.put("btc_trades_generated_at_idx", "generated_at DESC");
    }

    private static final String FOREIGN_KEY_VIOLATED = "23503";
    private static final String USER_EXISTS = "btc_trades_user_id_fkey";
    /** Below this the indexes are as fast to keep as to build. */
    private static final long WORTH_DEFERRING = 50_000;

    private final Database database;
    private final LockRetry locks;
    private final MigrationLog audit;

    public BulkLoad(Database database, LockRetry locks, MigrationLog audit) {
        this.database = database;
        this.locks = locks;
        this.audit = audit;
    }

    /** Drops indexes and foreign key when the setting and an empty btc_trades allow it; else leaves all as it is. */
    public ActiveRun defer(ActiveRun run) throws Exception {
        if (run.settings().indexes() == MigrationSettings.Indexes.KEEP) {
            return run;
        }
        run.step("prepare bulk load");
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
        handle.execute("ALTER TABLE public.btc_trades DROP CONSTRAINT IF EXISTS " + USER_EXISTS);
        handle.execute("ALTER TABLE public.btc_trades SET (autovacuum_enabled = false)");
        handle.execute("UPDATE quantum_ops.migration_runs SET deferred_indexes = true WHERE run_id = ?", run.runId());
    }

    /** Makes what is not there. Safe to repeat. */
    public ActiveRun complete(ActiveRun run) throws Exception {
        List<String> absent = absent();
        if (!absent.isEmpty()) {
            run.step("build indexes");
            audit.step(run.runId(), "build indexes", () -> {
                build(absent, run);
                return null;
            });
        }
        if (lacksForeignKey()) {
            run.step("check users");
            audit.step(run.runId(), "check users", () -> {
                addForeignKey(run);
                return null;
            });
        }
        if (wasDeferred()) {
            locks.run("settings of btc_trades", "All rows are kept; run the migration again to let autovacuum care for the table.", () -> {
                database.jdbi().useTransaction(this::endDeferral);
                return null;
            });
        }
        return run;
    }

    private boolean wasDeferred() {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT EXISTS (SELECT 1 FROM quantum_ops.migration_runs WHERE deferred_indexes)").mapTo(Boolean.class).one());
    }

    private void endDeferral(Handle handle) {
        locks.limit(handle);
        handle.execute("ALTER TABLE public.btc_trades RESET (autovacuum_enabled)");
        handle.execute("UPDATE quantum_ops.migration_runs SET deferred_indexes = false WHERE deferred_indexes");
    }

    private boolean lacksForeignKey() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM pg_constraint "
                        + "WHERE conrelid = 'public.btc_trades'::regclass AND conname = ? AND convalidated)")
                .bind(0, USER_EXISTS).mapTo(Boolean.class).one());
    }

    /** New rows are checked first, old ones then: in between no trade without a user can slip in. */
    private void addForeignKey(ActiveRun run) {
        locks.run("foreign key of btc_trades", "All rows are kept; run the migration again to add it.", () -> {
            database.jdbi().useTransaction(handle -> {
                locks.limit(handle);
                handle.execute("ALTER TABLE public.btc_trades DROP CONSTRAINT IF EXISTS " + USER_EXISTS);
                handle.execute("ALTER TABLE public.btc_trades ADD CONSTRAINT " + USER_EXISTS
                        + " FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE NOT VALID");
            });
            return null;
        });
        try {
            validate(run);
        } catch (RuntimeException e) {
            // Looked for only when there are any: that costs as much as the check itself.
            if (!FOREIGN_KEY_VIOLATED.equals(Sql.state(e))) {
                throw e;
            }
            quarantineOrphans(run);
            validate(run);
        }
    }

    private void quarantineOrphans(ActiveRun run) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = 0");
            run.throttle().spare(handle);
            handle.createUpdate(Sql.of("migration/quarantine-orphans")
                            .replace("${table}", run.table().quoted()).replace("${id}", run.table().quoted(LegacyColumn.ID)))
                    .bind("runId", run.runId()).execute();
        });
    }

    private void validate(ActiveRun run) {
        locks.run("foreign key of btc_trades", "All rows are kept; run the migration again to validate it.", () -> {
            database.jdbi().useTransaction(handle -> {
                locks.limit(handle);
                handle.execute("SET LOCAL statement_timeout = 0");
                run.throttle().spare(handle);
                handle.execute("ALTER TABLE public.btc_trades VALIDATE CONSTRAINT " + USER_EXISTS);
            });
            return null;
        });
    }

    private List<String> absent() {
        List<String> present = database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'btc_trades'").mapTo(String.class).list());
        return COLUMNS.keySet().stream().filter(name -> !present.contains(name)).toList();
    }

    /** One index at a time while others have to be spared. */
    private void build(List<String> names, ActiveRun run) throws Exception {
        int sideBySide = run.throttle().sparesOthers() ? 1 : Math.min(names.size(), run.settings().workers());
        ExecutorService sessions = Executors.newFixedThreadPool(sideBySide);
        try {
            List<Future<?>> builds = new ArrayList<>();
            for (String name : names) {
                builds.add(sessions.submit(() -> {
                    create(name, run.throttle(), sideBySide > 1);
                    return null;
                }));
            }
            for (Future<?> build : builds) {
                build.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new MigrationFailed("an index of btc_trades could not be built: "
                    + Sql.firstLine(e.getCause())
                    + ". All rows that were copied are kept; run the migration again to build it.");
        } finally {
            sessions.shutdown();
        }
    }

    /** @param beside whether others are built meanwhile: then the server's own workers would be too many for its processors */
    private void create(String name, Throttle throttle, boolean beside) throws SQLException {
        database.jdbi().useTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = 0");
            handle.execute("SET LOCAL maintenance_work_mem = '256MB'");
            throttle.spare(handle);
            if (beside) {
                handle.execute("SET LOCAL max_parallel_maintenance_workers = 0");
            }
            handle.execute("CREATE INDEX IF NOT EXISTS " + name + " ON public.btc_trades (" + COLUMNS.get(name) + ")");
        });
    }
}
