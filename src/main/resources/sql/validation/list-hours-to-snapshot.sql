-- Hours with a price that some shard has no snapshots of yet, and the current one, which a new trade may still need.
SELECT h.hour
FROM quantum_ops.market_hours h
WHERE h.hour <= :current
  AND (h.hour = :current
       OR h.hour > (SELECT coalesce(min(coalesce(s.snapshots_until, '-infinity')), '-infinity') FROM quantum_ops.validation_shards s))
  AND h.hour > CAST(:current AS timestamptz) - interval '31 days'
ORDER BY h.hour
