-- One that is over, or was cancelled, stays as it is.
UPDATE quantum_ops.maintenance SET cancelled_by = :by, cancelled_at = :now
WHERE id = :id AND cancelled_at IS NULL AND ends_at > :now
RETURNING id, starts_at, ends_at, what, planned_by, planned_at, announced_at, cancelled_by, cancelled_at
