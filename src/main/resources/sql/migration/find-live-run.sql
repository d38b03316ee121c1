-- A run that still works, or waits in a pause, would be robbed of its tables; one without heartbeat is dead.
SELECT format('run %s on %s, process %s, last heard of %s s ago', run_id, host, pid,
              round(extract(epoch FROM clock_timestamp() - heartbeat_at)))
FROM quantum_ops.migration_runs
WHERE state = 'RUNNING' AND heartbeat_at > clock_timestamp() - make_interval(secs => :leaseSeconds)
LIMIT 1
