-- The next first; what is over for more than a month is no longer shown.
SELECT id, starts_at, ends_at, what, planned_by, planned_at, announced_at, cancelled_by, cancelled_at
FROM quantum_ops.maintenance
WHERE ends_at > :now::timestamptz - interval '31 days'
ORDER BY cancelled_at IS NOT NULL, ends_at <= :now, starts_at, id
