-- Whether the shard has more open trades than so many, without counting further.
SELECT EXISTS (SELECT 1 FROM quantum_ops.open_trades WHERE trade_id BETWEEN :first_id AND :last_id OFFSET :many LIMIT 1)
