-- The unique index on open runs refuses a second one.
INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at)
VALUES (:run_id, 'RUNNING', :who, :process, :started_at, now())
