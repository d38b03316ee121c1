-- Trades of the shard that stay open.
SELECT count(*) FROM quantum_ops.open_trades WHERE trade_id BETWEEN :first_id AND :last_id
