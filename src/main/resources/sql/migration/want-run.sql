-- What the operator wants of the open run; its next heartbeat reads it.
UPDATE quantum_ops.migration_runs SET wanted = :wanted
WHERE state = 'RUNNING' AND run_id = :runId
