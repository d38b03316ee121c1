-- The run that is under way, if any. Not waiting for the row tells a busy run from a silent one.
SELECT run_id, who, process, started_at,
       heartbeat_at < now() - make_interval(secs => :lease_seconds) AS silent
FROM quantum_ops.validation_runs
WHERE state = 'RUNNING'
FOR UPDATE NOWAIT
