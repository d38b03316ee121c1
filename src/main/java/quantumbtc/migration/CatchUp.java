package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings over what was written to the legacy table after its chunk was copied: rows that are new there, and rows that
 * differ in a column that the mapping copies. Rows in quarantine, trades that Quantum has judged, and trades of users
 * whom Quantum serves are left alone. It reads as the holder of the sync's row, so that nothing older than what the sync
 * has applied is ever written.
 */
public final class CatchUp {

    private final QuarantineWriter quarantine = new QuarantineWriter();

    /**
     * @return what was brought; nothing when the chunk is up to date
     * @throws SQLException with the chunk as it was
     */
    ChunkResult bring(ActiveRun run, int chunkNo, KeyRange range, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        return bring(run, chunkNo, range, Optional.empty(), reader, writer);
    }

    private static List<UUID> behind(Handle handle, ActiveRun run, KeyRange range) {
        LegacyTable table = run.table();
        LegacyQueries queries = new LegacyQueries(table, run.settings().symbols());
        String id = "t." + queries.id();
        return handle.createQuery("SELECT " + id + " FROM " + table.quoted() + " t LEFT JOIN public.btc_trades b ON b.id = " + id
                        + " WHERE " + range.contains("t." + queries.id()) + " AND " + table.isBitcoin("t.")
                        + " AND (b.id IS NULL OR b.updated_at IS DISTINCT FROM t." + table.read(LegacyColumn.UPDATED_AT)
                        + " OR b.status IS DISTINCT FROM " + table.mappedStatus("t.") + ")"
                        + " AND NOT coalesce(quantum_ops.served_by_quantum(b.user_id), false)"
                        + " AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = b.id)"
                        + " AND NOT EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = " + id + " AND c.state = 'OPEN')"
                        + " AND NOT EXISTS (SELECT 1 FROM quantum_ops.migration_quarantine q WHERE q.legacy_id = " + id + ")"
                        + " AND NOT EXISTS (SELECT 1 FROM quantum_ops.trade_outcomes o WHERE o.trade_id = " + id + ")")
                .bindArray("symbols", String.class, run.settings().symbols())
                .mapTo(UUID.class).list();
    }

    /** The given rows of a range, whether they are new or changed. */
    ChunkResult bring(ActiveRun run, int chunkNo, KeyRange range, List<UUID> ids, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        return bring(run, chunkNo, range, Optional.of(ids), reader, writer);
    }

    private ChunkResult bring(ActiveRun run, int chunkNo, KeyRange range, Optional<List<UUID>> chosen, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        ChunkCopier.begin(writer);
        try {
            Handle handle = Jdbi.open(writer);
            SyncControl.hold(handle);
            handle.execute("SET LOCAL lock_timeout = 0");
            List<UUID> ids = chosen.isPresent() ? chosen.get() : behind(Jdbi.open(reader), run, range);
            if (ids.isEmpty()) {
                writer.rollback();
                return ChunkResult.untouched(chunkNo);
            }
            TradeStaging staging = new TradeStaging(handle, run.table(), run.settings().symbols());
            CopyStream stream = staging.read(reader, ids, staging.takenByOthers(ids), run.settings().maxTextBytes(), run);
            // A row that can no longer be mapped keeps its older trade, and is shown in quarantine.
            int quarantined = quarantine.write(handle, run, stream.rejected());
            int inserted = staging.mergeAll();
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
}
