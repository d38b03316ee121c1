-- Leases a chunk whose owner is silent or nobody. A row that is locked belongs to a transaction that is still alive.
UPDATE quantum_ops.migration_chunks c
SET owner = :worker, backend_pid = pg_backend_pid(), fence = fence + 1, attempts = attempts + 1, run_id = :runId,
    started_at = clock_timestamp(), error = NULL
WHERE c.chunk_no = (SELECT chunk_no FROM quantum_ops.migration_chunks WHERE chunk_no = :chunkNo FOR UPDATE SKIP LOCKED)
  AND (c.owner IS NULL OR c.owner = :worker OR NOT EXISTS (
        SELECT 1 FROM quantum_ops.migration_workers w
        WHERE w.worker_id = c.owner AND w.heartbeat_at > clock_timestamp() - make_interval(secs => :leaseSeconds)))
RETURNING c.fence, c.state, c.lower_id, c.upper_id
