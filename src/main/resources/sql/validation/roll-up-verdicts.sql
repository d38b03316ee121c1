-- Takes the verdicts' trades out of the sums as they are now (sign -1), or puts them in as they are now (sign 1); run
-- before and after the verdicts are written, so the sums follow the rows whatever the verdicts say.
INSERT INTO quantum_ops.trade_rollup AS r (shard, judged, status, timeframe, decile, trades, confidence_sum, brier_sum,
       base_trades, base_sum, profit_trades, profit_sum, gain_sum, loss_sum)
SELECT :shard, c.judged, c.status, c.timeframe, c.decile, :sign * count(*), :sign * sum(c.confidence), :sign * sum(c.brier),
       :sign * count(c.base), :sign * coalesce(sum(c.base), 0), :sign * count(c.profit), :sign * coalesce(sum(c.profit), 0),
       :sign * coalesce(sum(c.profit) FILTER (WHERE c.profit > 0), 0),
       :sign * coalesce(sum(-c.profit) FILTER (WHERE c.profit < 0), 0)
FROM quantum_ops.trade_contributions c
JOIN verdicts v ON v.trade_id = c.trade_id
WHERE v.known OR :sign = 1
GROUP BY c.judged, c.status, c.timeframe, c.decile
ON CONFLICT (shard, judged, status, timeframe, decile) DO UPDATE
SET trades = r.trades + excluded.trades, confidence_sum = r.confidence_sum + excluded.confidence_sum,
    brier_sum = r.brier_sum + excluded.brier_sum, base_trades = r.base_trades + excluded.base_trades,
    base_sum = r.base_sum + excluded.base_sum, profit_trades = r.profit_trades + excluded.profit_trades,
    profit_sum = r.profit_sum + excluded.profit_sum, gain_sum = r.gain_sum + excluded.gain_sum,
    loss_sum = r.loss_sum + excluded.loss_sum
