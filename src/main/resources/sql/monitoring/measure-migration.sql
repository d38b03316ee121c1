-- The newest run and what waits in quarantine.
SELECT r.run_id, r.state, r.rows_done, r.candidate_rows, r.rate,
       CASE WHEN r.state = 'RUNNING' AND r.wanted = 'RUN' THEN extract(epoch FROM :now::timestamptz - r.progressed_at)::float8 END AS silent_seconds,
       (SELECT count(*) FROM quantum_ops.migration_quarantine WHERE state = 'OPEN') AS quarantine_open
FROM (SELECT 1) one
LEFT JOIN LATERAL (SELECT * FROM quantum_ops.migration_runs ORDER BY started_at DESC LIMIT 1) r ON true
