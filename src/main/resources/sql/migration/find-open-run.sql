-- The run that holds the migration right now, locked so that two starters decide one after the other.
SELECT run_id, host, pid, process_started_at, started_at, heartbeat_at,
       heartbeat_at > clock_timestamp() - make_interval(secs => :leaseSeconds) AS fresh
FROM quantum_ops.migration_runs
WHERE state = 'RUNNING'
FOR UPDATE
