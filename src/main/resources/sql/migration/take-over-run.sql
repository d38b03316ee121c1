-- Goes on with the run of a process that is gone.
UPDATE quantum_ops.migration_runs
SET host = :host, pid = :pid, process_started_at = :processStartedAt, workers = :workers, wanted = 'RUN',
    heartbeat_at = clock_timestamp(), progressed_at = clock_timestamp(), throttle_reason = NULL, rate = NULL
WHERE run_id = :runId
