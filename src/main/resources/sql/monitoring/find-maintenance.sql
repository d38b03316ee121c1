-- The one that is to be shown: from an hour before until its end.
SELECT id, starts_at, ends_at, what, planned_by, planned_at, announced_at, cancelled_by, cancelled_at
FROM quantum_ops.maintenance
WHERE cancelled_at IS NULL AND starts_at - interval '1 hour' <= :now AND ends_at > :now
ORDER BY starts_at, id
LIMIT 1
