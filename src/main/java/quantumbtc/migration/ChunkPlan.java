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
                if (handle.createQuery("SELECT count(*) FROM quantum_ops.migration_chunks").mapTo(Long.class).one() == 0) {
                    insert(handle, cuts(handle, run), run);
                }
                handle.execute("UPDATE quantum_ops.migration_runs SET candidate_rows = "
                        + "(SELECT sum(candidate_rows) FROM quantum_ops.migration_chunks) WHERE run_id = ?", run.runId());
            });
            return run;
        });
    }

    private record Cut(UUID lower, long candidates) {
    }

    /** The first id of each chunk, and how many Bitcoin rows it holds now. */
    private static List<Cut> cuts(Handle handle, ActiveRun run) {
        LegacyTable table = run.table();
        String id = table.quoted(LegacyColumn.ID);
        return handle.createQuery("SELECT (array_agg(id ORDER BY id))[1] AS lower, count(*) FILTER (WHERE bitcoin) AS candidates FROM ("
                        + "SELECT " + id + " AS id, coalesce(" + table.isBitcoin() + ", false) AS bitcoin, "
                        + "(row_number() OVER (ORDER BY " + id + ") - 1) / " + run.settings().chunkRows() + " AS chunk FROM " + table.quoted()
                        + ") rows GROUP BY chunk ORDER BY chunk")
                .bindArray("symbols", String.class, run.settings().symbols())
                .map((row, context) -> new Cut(row.getObject("lower", UUID.class), row.getLong("candidates")))
                .list();
    }

    private static void insert(Handle handle, List<Cut> cuts, ActiveRun run) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO quantum_ops.migration_chunks "
                + "(chunk_no, lower_id, upper_id, candidate_rows) VALUES (:no, :lower::uuid, :upper::uuid, :candidates)");
        int chunks = Math.max(1, cuts.size());
        for (int no = 0; no < chunks; no++) {
            batch.bind("no", no)
                    .bind("lower", no == 0 ? null : cuts.get(no).lower())
                    .bind("upper", no + 1 >= cuts.size() ? null : cuts.get(no + 1).lower())
                    .bind("candidates", cuts.isEmpty() ? 0 : cuts.get(no).candidates())
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
