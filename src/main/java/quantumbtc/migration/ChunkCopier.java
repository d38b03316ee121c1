package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/**
 * Copies one chunk: leases it, reads, transforms and writes its rows, puts bad ones into quarantine, and commits all of
 * it together with the checkpoint. Killed at any moment it leaves the chunk either untouched or done.
 */
public final class ChunkCopier {

    private static final Logger log = LoggerFactory.getLogger(ChunkCopier.class);
    private static final Set<String> CONFLICTS = Set.of("23505", "23503");
    private static final int TRIES_ON_CONFLICT = 5;
    private static final int TRIES_TO_LEASE = 50;

    private final DataSource sessions;
    private final QuarantineWriter quarantine = new QuarantineWriter();
    private final CatchUp catchUp;

    public ChunkCopier(Database database, CatchUp catchUp) {
        this.sessions = database.dataSource();
        this.catchUp = catchUp;
    }

    private record Lease(long fence, boolean done, KeyRange range) {
    }

    /**
     * @return what was done; nothing when the run is cancelled or the chunk is another worker's
     * @throws ChunkFailed when it could not be copied; it is left as it was
     */
    public ChunkResult copy(ChunkPlan.Task task) throws InterruptedException {
        ActiveRun run = task.run();
        if (!run.mayGoOn()) {
            return ChunkResult.untouched(task.chunkNo());
        }
        try (Connection writer = sessions.getConnection(); Connection reader = sessions.getConnection()) {
            Optional<Lease> lease = lease(run, task.chunkNo(), writer);
            if (lease.isEmpty()) {
                return ChunkResult.untouched(task.chunkNo());
            }
            begin(reader);
            if (lease.get().done()) {
                return catchUp.bring(run, task.chunkNo(), lease.get().range(), reader, writer);
            }
            return copyUntilNoConflict(run, task.chunkNo(), lease.get(), reader, writer);
        } catch (CopyStream.GivenUp e) {
            return ChunkResult.untouched(task.chunkNo());
        } catch (SQLException e) {
            throw new ChunkFailed(task.chunkNo(), e.getMessage(), e);
        }
    }

    /** A deployment's time-outs are for requests of users; a chunk that is being throttled may well take longer. */
    static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }

    private Optional<Lease> lease(ActiveRun run, int chunkNo, Connection writer) throws SQLException, InterruptedException {
        Handle handle = Jdbi.open(writer);
        for (int attempt = 0; attempt < TRIES_TO_LEASE; attempt++) {
            Optional<Lease> lease = handle.createQuery(Sql.of("migration/lease-chunk"))
                    .bind("worker", run.worker()).bind("runId", run.runId()).bind("chunkNo", chunkNo)
                    .bind("leaseSeconds", run.settings().lease().toSeconds())
                    .map((row, context) -> new Lease(row.getLong("fence"), row.getString("state").equals("DONE"),
                            new KeyRange(row.getObject("lower_id", UUID.class), row.getObject("upper_id", UUID.class))))
                    .findOne();
            if (lease.isPresent()) {
                return lease;
            }
            int ended = handle.createQuery(Sql.of("migration/end-silent-session")).bind("chunkNo", chunkNo)
                    .bind("leaseSeconds", run.settings().lease().toSeconds()).mapTo(Boolean.class).list().size();
            if (ended == 0 && heldByLivingWorker(handle, run, chunkNo)) {
                return Optional.empty();
            }
            Thread.sleep(100);
        }
        throw new ChunkFailed(chunkNo, "its row is locked by a session that does not end", null);
    }

    private static boolean heldByLivingWorker(Handle handle, ActiveRun run, int chunkNo) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.migration_chunks c JOIN quantum_ops.migration_workers w "
                        + "ON w.worker_id = c.owner WHERE c.chunk_no = ? AND w.worker_id <> ? "
                        + "AND w.heartbeat_at > clock_timestamp() - make_interval(secs => ?))")
                .bind(0, chunkNo).bind(1, run.worker()).bind(2, run.settings().lease().toSeconds()).mapTo(Boolean.class).one();
    }

    private ChunkResult copyUntilNoConflict(ActiveRun run, int chunkNo, Lease lease, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            CopyStream stream = new CopyStream(run);
            try {
                return copyOnce(run, chunkNo, lease, stream, reader, writer);
            } catch (SQLException e) {
                run.progressed(-stream.copied() - stream.rejected().size());
                writer.rollback();
                restart(reader);
                if (!CONFLICTS.contains(String.valueOf(e.getSQLState())) || attempt == TRIES_ON_CONFLICT) {
                    throw e;
                }
                // An id or a user stood in the way: from now on each chunk is looked through first, row by row.
                log.info("chunk {}: {}; looking for the rows in the way", chunkNo, Sql.firstLine(e));
                run.becomeCareful();
            } catch (CopyStream.GivenUp e) {
                run.progressed(-stream.copied() - stream.rejected().size());
                writer.rollback();
                throw e;
            } finally {
                writer.setAutoCommit(true);
            }
        }
    }

    private static void restart(Connection reader) throws SQLException {
        reader.rollback();
        begin(reader);
    }

    private ChunkResult copyOnce(ActiveRun run, int chunkNo, Lease lease, CopyStream stream, Connection reader, Connection writer)
            throws SQLException, InterruptedException {
        begin(writer);
        Handle handle = Jdbi.open(writer);
        run.throttle().spare(handle);
        boolean ours = handle.createQuery(Sql.of("migration/hold-chunk"))
                .bind("chunkNo", chunkNo).bind("fence", lease.fence()).mapTo(Integer.class).findOne().isPresent();
        if (!ours) {
            throw new CopyStream.GivenUp();
        }
        LegacyQueries queries = new LegacyQueries(run.table(), run.settings().symbols());
        Set<UUID> unknownUsers = run.careful() ? queries.unknownUsers(handle, lease.range()) : Set.of();
        Set<UUID> takenIds = run.careful() ? queries.takenIds(handle, lease.range()) : Set.of();
        stream.stream(reader, queries.copy(lease.range(), ""), writer, "public.btc_trades", unknownUsers, takenIds);
        int quarantined = quarantine.write(handle, run, stream.rejected());
        int checkpoint = handle.createUpdate(Sql.of("migration/checkpoint-chunk"))
                .bind("chunkNo", chunkNo).bind("fence", lease.fence())
                .bind("migrated", stream.copied()).bind("quarantined", quarantined)
                .execute();
        if (checkpoint != 1) {
            throw new CopyStream.GivenUp();
        }
        writer.commit();
        return new ChunkResult(chunkNo, stream.copied(), quarantined, true);
    }
}
