-- Heartbeat: says how far the run is and reads what the operator wants. No row: the run was taken over.
UPDATE quantum_ops.migration_runs
SET heartbeat_at = clock_timestamp(),
    progressed_at = CASE WHEN rows_done = :rowsDone AND step = :step THEN progressed_at ELSE clock_timestamp() END,
    rows_done = :rowsDone, step = :step, rate = :rate, throttle_reason = :throttleReason
WHERE run_id = :runId AND state = 'RUNNING' AND host = :host AND pid = :pid AND process_started_at = :processStartedAt
RETURNING wanted, coalesce(throttle_factor, 0) AS throttle_factor, coalesce(rows_per_second, 0) AS rows_per_second
