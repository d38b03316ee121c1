-- Closes a run; only the process that holds it may.
UPDATE quantum_ops.migration_runs
SET state = :state, failure = :failure, rows_done = :rowsDone, step = :step, finished_at = clock_timestamp(),
    heartbeat_at = clock_timestamp(), throttle_reason = NULL
WHERE run_id = :runId AND state = 'RUNNING' AND host = :host AND pid = :pid AND process_started_at = :processStartedAt
