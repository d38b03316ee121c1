package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings over what was written to the legacy table after its chunk was copied: rows that are new there, and rows that
 * differ in a column that the mapping copies. Rows in quarantine, and trades that Quantum has judged, are left alone.
 */
public final class CatchUp {

    private static final String STAGING = "quantum_catch_up";

    private final QuarantineWriter quarantine = new QuarantineWriter();

    /**
     * @return what was brought; nothing when the chunk is up to date
     * @throws SQLException with the chunk as it was
     */
    ChunkResult bring(ActiveRun run, int chunkNo, KeyRange range, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        List<UUID> behind = behind(Jdbi.open(reader), run, range);
        if (behind.isEmpty()) {
            return ChunkResult.untouched(chunkNo);
        }
        return bring(run, chunkNo, range, behind, reader, writer);
    }

    private static List<UUID> behind(Handle handle, ActiveRun run, KeyRange range) {
        LegacyTable table = run.table();
        LegacyQueries queries = new LegacyQueries(table, run.settings().symbols());
        String id = "t." + queries.id();
        return handle.createQuery("SELECT " + id + " FROM " + table.quoted() + " t LEFT JOIN public.btc_trades b ON b.id = " + id
                        + " WHERE " + range.contains("t." + queries.id()) + " AND " + table.isBitcoin("t.")
                        + " AND (b.id IS NULL OR b.updated_at IS DISTINCT FROM t." + table.read(LegacyColumn.UPDATED_AT)
                        + " OR b.status IS DISTINCT FROM " + table.mappedStatus("t.") + ")"
                        + " AND NOT EXISTS (SELECT 1 FROM quantum_ops.migration_quarantine q WHERE q.legacy_id = " + id + ")"
                        + " AND NOT EXISTS (SELECT 1 FROM quantum_ops.trade_outcomes o WHERE o.trade_id = " + id + ")")
                .bindArray("symbols", String.class, run.settings().symbols())
                .mapTo(UUID.class).list();
    }

    /** The given rows of a range, whether they are new or changed. */
    ChunkResult bring(ActiveRun run, int chunkNo, KeyRange range, List<UUID> ids, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        LegacyQueries queries = new LegacyQueries(run.table(), run.settings().symbols());
        ChunkCopier.begin(writer);
        try (Statement statement = writer.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE " + STAGING
                    + " ON COMMIT DROP AS SELECT " + TradeRows.COLUMNS + " FROM public.btc_trades WITH NO DATA");
            Handle handle = Jdbi.open(writer);
            Set<UUID> unknownUsers = new HashSet<>(queries.unknownUsers(handle, range));
            CopyStream stream = new CopyStream(run);
            stream.stream(reader, queries.copy(range, " AND t." + queries.id() + " = ANY (" + array(ids) + ")"),
                    writer, STAGING, unknownUsers, takenByOthers(handle, ids));
            // A row that can no longer be mapped keeps its older trade, and is shown in quarantine.
            int quarantined = quarantine.write(handle, run, stream.rejected());
            int inserted = merge(handle);
            handle.execute("DELETE FROM quantum_ops.migration_quarantine q USING " + STAGING + " s WHERE q.legacy_id = s.id");
            handle.execute("UPDATE quantum_ops.migration_chunks SET rows_migrated = rows_migrated + ?, owner = NULL, backend_pid = NULL, "
                    + "rows_quarantined = (SELECT count(*) FROM quantum_ops.migration_quarantine WHERE " + range.contains("legacy_id")
                    + ") WHERE chunk_no = ?", inserted, chunkNo);
            writer.commit();
            return new ChunkResult(chunkNo, stream.copied(), quarantined, true);
        } catch (SQLException | RuntimeException e) {
            writer.rollback();
            throw e;
        } finally {
            writer.setAutoCommit(true);
        }
    }

    /** Ids that are in btc_trades without being migrated: generated here, or left by something else. */
    private static Set<UUID> takenByOthers(Handle handle, List<UUID> ids) {
        return new HashSet<>(handle.createQuery("SELECT trade_id FROM quantum_ops.generated_trades WHERE trade_id = ANY (:ids) UNION "
                        + "SELECT q.legacy_id FROM quantum_ops.migration_quarantine q JOIN public.btc_trades b ON b.id = q.legacy_id "
                        + "WHERE q.reason = 'ID_TAKEN' AND q.legacy_id = ANY (:ids)")
                .bindArray("ids", UUID.class, ids).mapTo(UUID.class).list());
    }

    private static int merge(Handle handle) {
        String assignments = java.util.Arrays.stream(TradeRows.COLUMNS.split(", "))
                .filter(column -> !column.equals("id"))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return handle.createQuery("WITH merged AS (INSERT INTO public.btc_trades (" + TradeRows.COLUMNS + ") SELECT " + TradeRows.COLUMNS
                        + " FROM " + STAGING + " ON CONFLICT (id) DO UPDATE SET " + assignments + " RETURNING xmax = 0 AS inserted) "
                        + "SELECT count(*) FILTER (WHERE inserted) FROM merged")
                .mapTo(Integer.class).one();
    }

    private static String array(List<UUID> ids) {
        return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "ARRAY[", "]::uuid[]"));
    }
}
