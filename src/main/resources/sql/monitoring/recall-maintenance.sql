-- Who was told that it comes is told once that it does not.
UPDATE quantum_ops.maintenance SET recalled_at = :now
WHERE announced_at IS NOT NULL AND cancelled_at IS NOT NULL AND recalled_at IS NULL
RETURNING id, starts_at, ends_at, what, planned_by, planned_at, announced_at, cancelled_by, cancelled_at
