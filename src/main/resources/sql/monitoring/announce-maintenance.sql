-- Once, from 24 hours before on; what is over before it could be announced need not be.
UPDATE quantum_ops.maintenance SET announced_at = :now
WHERE announced_at IS NULL AND cancelled_at IS NULL AND starts_at - interval '24 hours' <= :now AND ends_at > :now
RETURNING id, starts_at, ends_at, what, planned_by, planned_at, announced_at, cancelled_by, cancelled_at
