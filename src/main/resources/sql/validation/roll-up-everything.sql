-- The sums from the rows themselves; needed after a migration, a sync or a deletion, which do not keep them.
INSERT INTO quantum_ops.trade_rollup (shard, judged, status, timeframe, decile, trades, confidence_sum, brier_sum,
       base_trades, base_sum, profit_trades, profit_sum, gain_sum, loss_sum)
SELECT s.shard, c.judged, c.status, c.timeframe, c.decile, count(*), sum(c.confidence), sum(c.brier),
       count(c.base), coalesce(sum(c.base), 0), count(c.profit), coalesce(sum(c.profit), 0),
       coalesce(sum(c.profit) FILTER (WHERE c.profit > 0), 0), coalesce(sum(-c.profit) FILTER (WHERE c.profit < 0), 0)
FROM quantum_ops.trade_contributions c
JOIN quantum_ops.validation_shards s ON c.trade_id BETWEEN s.first_id AND s.last_id
GROUP BY s.shard, c.judged, c.status, c.timeframe, c.decile
