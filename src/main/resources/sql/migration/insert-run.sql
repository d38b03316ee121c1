-- Opens a run; the partial unique index refuses a second one that slipped in between.
INSERT INTO quantum_ops.migration_runs
    (run_id, source_table, state, step, host, pid, process_started_at, workers, throttle_factor, rows_per_second,
     deferred_indexes, candidate_rows, started_at, heartbeat_at, progressed_at)
SELECT :runId, :sourceTable, 'RUNNING', 'open', :host, :pid, :processStartedAt, :workers, nullif(:throttleFactor, 0)::numeric,
       nullif(:rowsPerSecond, 0)::integer,
       coalesce((SELECT bool_or(deferred_indexes) FROM quantum_ops.migration_runs), false),
       (SELECT candidate_rows FROM quantum_ops.migration_runs ORDER BY started_at DESC LIMIT 1),
       clock_timestamp(), clock_timestamp(), clock_timestamp()
