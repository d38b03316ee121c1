package quantumbtc.migration;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import quantumbtc.db.Database;

/**
 * Cuts the legacy table into key ranges, once. The ranges are half-open and cover every possible id, so a row that is
 * written later has its chunk, too.
 */
public final class ChunkPlan {

    private static final double SAMPLED_FROM_ROWS = 200_000;
    private static final int SAMPLES_A_CHUNK = 500;

    private final Database database;
    private final MigrationLog audit;

    public ChunkPlan(Database database, MigrationLog audit) {
        this.database = database;
        this.audit = audit;
    }

    /** Plans the chunks of a run, unless an earlier run did. */
    public ActiveRun prepare(ActiveRun run) throws Exception {
        run.step("plan chunks");
        return audit.step(run.runId(), "plan chunks", () -> {
            database.jdbi().useTransaction(handle -> {
                handle.execute("SET LOCAL statement_timeout = 0");
                run.throttle().spare(handle);
                if (handle.createQuery("SELECT count(*) FROM quantum_ops.migration_chunks").mapTo(Long.class).one() == 0) {
                    insert(handle, cuts(handle, run));
                }
                handle.execute("UPDATE quantum_ops.migration_runs SET candidate_rows = ? WHERE run_id = ?",
                        candidates(handle, run), run.runId());
            });
            return run;
        });
    }

    /**
     * The first id of each chunk. A large table is cut by a sample of its pages, so that planning does not take longer the
     * larger it is; its chunks differ a little in size, and hold every id all the same.
     */
    private static List<UUID> cuts(Handle handle, ActiveRun run) {
        String id = run.table().quoted(LegacyColumn.ID);
        int chunkRows = run.settings().chunkRows();
        boolean sampled = estimatedRows(handle, run) >= SAMPLED_FROM_ROWS && chunkRows > SAMPLES_A_CHUNK;
        String sample = sampled ? " TABLESAMPLE SYSTEM (" + 100.0 * SAMPLES_A_CHUNK / chunkRows + ")" : "";
        return handle.createQuery("SELECT id FROM (SELECT " + id + " AS id, row_number() OVER (ORDER BY " + id + ") - 1 AS n FROM "
                        + run.table().quoted() + sample + ") numbered WHERE n % :rows = 0 ORDER BY id")
                .bind("rows", sampled ? SAMPLES_A_CHUNK : chunkRows)
                .mapTo(UUID.class).list();
    }

    /** As the server last counted; below zero when it never did. */
    private static double estimatedRows(Handle handle, ActiveRun run) {
        return handle.createQuery("SELECT reltuples FROM pg_class WHERE oid = ?::regclass AND relkind IN ('r', 'p')")
                .bind(0, run.table().quoted()).mapTo(Double.class).findOne().orElse(-1.0);
    }

    private static long candidates(Handle handle, ActiveRun run) {
        return handle.createQuery("SELECT count(*) FROM " + run.table().quoted() + " WHERE " + run.table().isBitcoin())
                .bindArray("symbols", String.class, run.settings().symbols())
                .mapTo(Long.class).one();
    }

    private static void insert(Handle handle, List<UUID> cuts) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO quantum_ops.migration_chunks (chunk_no, lower_id, upper_id) VALUES (:no, :lower::uuid, :upper::uuid)");
        for (int no = 0; no < Math.max(1, cuts.size()); no++) {
            batch.bind("no", no)
                    .bind("lower", no == 0 ? null : cuts.get(no))
                    .bind("upper", no + 1 >= cuts.size() ? null : cuts.get(no + 1))
                    .add();
        }
        batch.execute();
    }

    /**
     * One chunk for a worker.
     *
     * @param run the run that it is copied in
     */
    public record Task(ActiveRun run, int chunkNo) {
    }

    /** Every chunk in order: open ones are copied, finished ones are looked through for rows that came later. */
    public Iterator<Task> chunks(ActiveRun run) {
        run.step("copy");
        audit.write(run.runId(), "copy", "STARTED", null, run.openedAt());
        List<Integer> numbers = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT chunk_no FROM quantum_ops.migration_chunks ORDER BY state DESC, chunk_no").mapTo(Integer.class).list());
        return numbers.stream().map(number -> new Task(run, number)).iterator();
    }
}
