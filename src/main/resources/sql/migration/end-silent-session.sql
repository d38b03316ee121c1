-- Ends the server session of a worker that is gone but whose transaction still holds the chunk.
SELECT pg_terminate_backend(a.pid)
FROM quantum_ops.migration_chunks c JOIN pg_stat_activity a ON a.pid = c.backend_pid
WHERE c.chunk_no = :chunkNo AND a.application_name = 'quantum-btc' AND a.backend_start <= c.started_at
  AND a.datname = current_database()
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.migration_workers w
                  WHERE w.worker_id = c.owner AND w.heartbeat_at > clock_timestamp() - make_interval(secs => :leaseSeconds))
