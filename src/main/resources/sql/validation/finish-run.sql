-- What the run did, for whoever asks later.
UPDATE quantum_ops.validation_runs
SET state = :state, finished_at = :finished_at, judged_until = :judged_until, trades_validated = :validated,
    trades_hit = :hit, trades_not_hit = :not_hit, trades_invalidated = :invalidated, trades_expired = :expired,
    snapshots = :snapshots, anomalies = :anomalies, failed_trades = :failed, errors = :errors
WHERE run_id = :run_id AND state = 'RUNNING'
