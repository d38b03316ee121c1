-- The daily profits from the outcomes themselves.
INSERT INTO quantum_ops.profit_days (shard, day, trades, profit_sum)
SELECT s.shard, (o.ended_at AT TIME ZONE 'UTC')::date, count(*), sum(o.profit_usd)
FROM quantum_ops.trade_outcomes o
JOIN quantum_ops.validation_shards s ON o.trade_id BETWEEN s.first_id AND s.last_id
WHERE o.profit_usd IS NOT NULL
GROUP BY 1, 2
