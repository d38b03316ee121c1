-- Where judging of the shard stands; held to the end of the transaction that moves it on.
SELECT shard, first_id, last_id, judged_until, snapshots_until
FROM quantum_ops.validation_shards
WHERE shard = :shard
FOR UPDATE
