-- How far the copying of later changes is behind, and whether it says that it failed.
SELECT c.state, c.failure, l.pending, l.lag_seconds::float8 AS lag_seconds, l.open_conflicts, l.carry_pending
FROM quantum_ops.sync_control c, quantum_ops.sync_lag l
WHERE c.id = 1
