-- Quarantined rows by reason.
SELECT reason, count(*) AS rows, count(*) FILTER (WHERE state = 'OPEN') AS open
FROM quantum_ops.migration_quarantine GROUP BY reason ORDER BY reason
