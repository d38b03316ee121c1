SELECT level, count(*) AS open FROM quantum_ops.alerts WHERE resolved_at IS NULL GROUP BY level
