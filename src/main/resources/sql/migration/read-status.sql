-- Everything that is shown of a run, in one statement; the newest run when no id is given.
SELECT r.run_id, r.source_table, r.state, r.wanted, r.step, r.host, r.pid, r.workers, r.rows_done, r.rate,
       r.candidate_rows, r.throttle_reason, r.throttle_factor, r.rows_per_second, r.deferred_indexes, r.failure,
       r.started_at, r.finished_at, r.heartbeat_at, r.progressed_at, clock_timestamp() AS read_at,
       r.heartbeat_at > clock_timestamp() - make_interval(secs => :leaseSeconds) AS alive,
       c.chunks, c.chunks_done, c.rows_migrated, c.rows_quarantined, coalesce(r.candidate_rows, 0) AS candidates,
       (SELECT count(*) FROM quantum_ops.migration_quarantine) AS quarantine_rows,
       (SELECT count(*) FROM quantum_ops.migration_quarantine WHERE state = 'OPEN') AS quarantine_open
FROM quantum_ops.migration_runs r,
     (SELECT count(*) AS chunks, count(*) FILTER (WHERE state = 'DONE') AS chunks_done,
             coalesce(sum(rows_migrated), 0)::bigint AS rows_migrated, coalesce(sum(rows_quarantined), 0)::bigint AS rows_quarantined
      FROM quantum_ops.migration_chunks) c
WHERE :runId::uuid IS NULL OR r.run_id = :runId::uuid
ORDER BY r.started_at DESC
LIMIT 1
