INSERT INTO quantum_ops.maintenance (starts_at, ends_at, what, planned_by, planned_at)
VALUES (:from, :to, :what, :by, :now)
RETURNING id, starts_at, ends_at, what, planned_by, planned_at, announced_at, cancelled_by, cancelled_at
