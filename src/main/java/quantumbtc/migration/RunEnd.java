package quantumbtc.migration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;

/** Ends a run: builds what was put off, and says how it ended in the database and in the log. */
public final class RunEnd {

    private static final Logger log = LoggerFactory.getLogger(RunEnd.class);

    private static final String ANALYZED = "public.btc_trades (id, user_id, symbol, timeframe, status, confidence_score, generated_at, expires_at)";

    private final Database database;
    private final BulkLoad load;
    private final MigrationRuns runs;
    private final MigrationLog audit;

    public RunEnd(Database database, BulkLoad load, MigrationRuns runs, MigrationLog audit) {
        this.database = database;
        this.load = load;
        this.runs = runs;
        this.audit = audit;
    }

    /**
     * All chunks have been looked at.
     *
     * @return the run's last status
     * @throws MigrationFailed when a chunk could not be copied; the finished ones stay
     */
    public MigrationStatus finish(ActiveRun run) throws Exception {
        try (run) {
            if (run.lost()) {
                throw new MigrationFailed("run " + run.runId() + " was taken over by another process; this one has stopped");
            }
            String state = run.failure() != null ? "FAILED" : run.cancelled() ? "CANCELLED" : "COMPLETED";
            MigrationStatus status = runs.statusOf(run);
            audit.write(run.runId(), "copy", state, run.failure(), run.openedAt(), status.rowsMigrated(), status.rowsQuarantined(), "{}");
            complete(run);
            if (run.failure() == null && !run.cancelled()) {
                run.step("analyze");
                analyze(run);
            }
            run.step("end");
            run.finish(state, run.failure());
            log.atInfo().addKeyValue("runId", run.runId()).log("run {}: {}", run.runId(), state);
        }
        if (run.failure() != null) {
            throw new MigrationFailed("run " + run.runId() + " failed: " + run.failure()
                    + ". Finished chunks stay; migrate run goes on with the others.");
        }
        return runs.statusOf(run.runId());
    }

    /**
     * Of the columns by which trades are looked for, those of their prices and texts being left to autovacuum. That may be at
     * work on the table already: then it is not waited for, unless nothing at all is known of the table yet.
     */
    private void analyze(ActiveRun run) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = 0");
            run.throttle().spare(handle);
            handle.execute("ANALYZE (SKIP_LOCKED) " + ANALYZED);
            boolean known = handle.createQuery("SELECT EXISTS (SELECT 1 FROM pg_stats WHERE schemaname = 'public' "
                    + "AND tablename = 'btc_trades' AND attname = 'status')").mapTo(Boolean.class).one();
            if (!known) {
                handle.execute("ANALYZE " + ANALYZED);
            }
        });
    }

    /** What was put off is built after a failed copy as well; should that fail too, both causes are told. */
    private void complete(ActiveRun run) throws Exception {
        try {
            load.complete(run);
        } catch (Exception e) {
            if (run.failure() == null) {
                throw e;
            }
            throw new MigrationFailed("run " + run.runId() + " failed: " + run.failure() + "; then " + e.getMessage()
                    + ". Finished chunks stay; migrate run goes on with the others and builds what is missing.");
        }
    }

    /** A chunk could not be copied, however often it was tried: no further ones are begun. */
    public void stop(ActiveRun run, Exception cause) {
        log.atError().addKeyValue("runId", run.runId()).log("run {}: {}", run.runId(), cause.getMessage());
        run.fail(cause.getMessage());
    }

    /** A step outside of the chunks failed. Safe to call again. */
    public void abort(ActiveRun run, Exception cause) {
        if (run != null) {
            run.abort(cause.getMessage());
        }
    }
}
