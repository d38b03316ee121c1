-- One audit row a chunk, written by the route.
INSERT INTO public.quantum_migration_log
    (migration_name, migration_version, run_id, step, records_migrated, records_quarantined, migration_status,
     details, started_at, completed_at)
SELECT 'ATGE to Quantum BTC', :?version, c.run_id, 'copy chunk ' || c.chunk_no, c.rows_migrated, c.rows_quarantined, 'COMPLETED',
       jsonb_build_object('chunk', c.chunk_no, 'from', c.lower_id, 'below', c.upper_id, 'attempts', c.attempts),
       c.started_at, c.finished_at
FROM quantum_ops.migration_chunks c
WHERE c.chunk_no = :?chunkNo
