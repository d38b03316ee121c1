-- The sync in one row.
SELECT c.state, l.pending, l.lag_seconds, l.open_conflicts, l.carry_pending,
       (SELECT count(*) FROM quantum_ops.carry_failures) AS carry_failures,
       (SELECT f.reason FROM quantum_ops.carry_failures f ORDER BY f.failed_at DESC LIMIT 1) AS carry_failure,
       (SELECT count(*) FROM quantum_ops.capture_failures) AS capture_failures,
       (SELECT r.settled_differences FROM quantum_ops.verification_rounds r ORDER BY r.id DESC LIMIT 1) AS settled_differences,
       (SELECT max(r.finished_at) FROM quantum_ops.verification_rounds r) AS verified_at,
       c.installed_at, c.applied_until, c.last_applied_at, concat_ws(' ', c.capture_failure, c.failure) AS failure
FROM quantum_ops.sync_control c, quantum_ops.sync_lag l
WHERE c.id = 1
