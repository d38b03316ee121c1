package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
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
    ChunkResult bring(ActiveRun run, int chunkNo, KeyRange range, Connection reader, Connection writer) throws SQLException, InterruptedException {
        return holding(run, writer, handle -> {
            List<UUID> ids = behind(Jdbi.open(reader), run, range);
            if (ids.isEmpty()) {
                return new Brought(ChunkResult.untouched(chunkNo), 0);
            }
            TradeStaging staging = new TradeStaging(handle, run.table(), run.settings().symbols());
            // Not counted as progress: a row that is read again is not one more.
            CopyStream stream = staging.read(reader, ids, staging.takenByOthers(ids), run.settings().maxTextBytes(), run);
            // A row that can no longer be mapped keeps its older trade, and is shown in quarantine.
            int quarantined = quarantine.write(handle, run, stream.rejected());
            long more = count(handle, chunkNo, range, staging.mergeAll());
            return new Brought(new ChunkResult(chunkNo, stream.copied(), quarantined, true), more);
        });
    }

    /** Rows of a range that were in quarantine: each is treated as if ATGE had changed it a moment ago. */
    ChunkResult again(ActiveRun run, int chunkNo, KeyRange range, List<UUID> ids, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        return holding(run, writer, handle -> {
            int inserted = new ChangeBatch(handle, run.table(), run.settings()).bring(reader, new TreeSet<>(ids));
            long more = count(handle, chunkNo, range, inserted);
            long left = handle.createQuery("SELECT count(*) FROM quantum_ops.migration_quarantine WHERE legacy_id = ANY (:ids)")
                    .bindArray("ids", UUID.class, ids).mapTo(Long.class).one();
            return new Brought(new ChunkResult(chunkNo, ids.size() - left, left, true), more);
        });
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

    /** @param more rows that the chunk has now and had not, in btc_trades or in quarantine */
    private record Brought(ChunkResult result, long more) {
    }

    private interface Work {

        Brought of(Handle handle) throws SQLException, InterruptedException;
    }

    private static ChunkResult holding(ActiveRun run, Connection writer, Work work) throws SQLException, InterruptedException {
        ChunkCopier.begin(writer);
        try {
            Handle handle = Jdbi.open(writer);
            SyncControl.hold(handle);
            handle.execute("SET LOCAL lock_timeout = 0");
            Brought brought = work.of(handle);
            writer.commit();
            run.progressed(brought.more());
            return brought.result();
        } catch (SQLException | RuntimeException e) {
            writer.rollback();
            throw e;
        } finally {
            writer.setAutoCommit(true);
        }
    }

    /** Writes the chunk's counts. How many rows it has more than before. */
    private static long count(Handle handle, int chunkNo, KeyRange range, int inserted) {
        return handle.createQuery("UPDATE quantum_ops.migration_chunks c SET rows_migrated = c.rows_migrated + :inserted, owner = NULL, "
                        + "backend_pid = NULL, rows_quarantined = (SELECT count(*) FROM quantum_ops.migration_quarantine WHERE "
                        + range.contains("legacy_id") + ") FROM quantum_ops.migration_chunks old WHERE c.chunk_no = :chunkNo "
                        + "AND old.chunk_no = c.chunk_no RETURNING :inserted + c.rows_quarantined - old.rows_quarantined")
                .bind("inserted", inserted).bind("chunkNo", chunkNo).mapTo(Long.class).one();
    }
}
