-- The newest run, what is in quarantine, the newest verification and the newest archiving, in one row.
SELECT r.run_id, r.state, r.wanted, r.step, r.failure, r.finished_at,
       r.heartbeat_at > clock_timestamp() - make_interval(secs => :leaseSeconds) AS alive,
       c.chunks, c.chunks_done, c.rows_migrated, q.quarantine_rows, q.quarantine_open,
       v.migration_status AS verdict, v.completed_at AS verified_at,
       coalesce((v.details ->> 'missing')::bigint + (v.details ->> 'extra')::bigint + (v.details ->> 'different')::bigint, 0) AS differences,
       a.migration_status AS archive_verdict, a.completed_at AS archived_at, (a.details ->> 'archiveRows')::bigint AS archive_rows
FROM (SELECT count(*) AS chunks, count(*) FILTER (WHERE state = 'DONE') AS chunks_done, coalesce(sum(rows_migrated), 0)::bigint AS rows_migrated
      FROM quantum_ops.migration_chunks) c
CROSS JOIN (SELECT count(*) AS quarantine_rows, count(*) FILTER (WHERE state = 'OPEN') AS quarantine_open
            FROM quantum_ops.migration_quarantine) q
LEFT JOIN LATERAL (SELECT * FROM quantum_ops.migration_runs ORDER BY started_at DESC LIMIT 1) r ON true
LEFT JOIN LATERAL (SELECT * FROM public.quantum_migration_log WHERE step = 'verify' AND completed_at IS NOT NULL ORDER BY id DESC LIMIT 1) v ON true
LEFT JOIN LATERAL (SELECT * FROM public.quantum_migration_log WHERE step = 'archive' AND migration_status IN ('EQUAL', 'DIFFERS')
                   ORDER BY id DESC LIMIT 1) a ON true
