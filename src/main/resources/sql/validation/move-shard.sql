-- Committed together with everything that was judged up to there.
UPDATE quantum_ops.validation_shards
SET judged_until = greatest(judged_until, :until), snapshots_until = greatest(snapshots_until, :snapshots_until)
WHERE shard = :shard
