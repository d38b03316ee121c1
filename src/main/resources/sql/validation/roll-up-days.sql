-- Profit by the day on which the trades ended, for the curve; they also tell which days of the drawdown are no longer up to date.
INSERT INTO quantum_ops.profit_days AS d (shard, day, trades, profit_sum)
SELECT :shard, (v.ended_at AT TIME ZONE 'UTC')::date, count(*), sum(v.profit_usd)
FROM verdicts v
JOIN quantum_ops.trade_outcomes o ON o.trade_id = v.trade_id AND o.judged_at = :now
WHERE v.profit_usd IS NOT NULL
GROUP BY 2
ON CONFLICT (shard, day) DO UPDATE
SET trades = d.trades + excluded.trades, profit_sum = d.profit_sum + excluded.profit_sum
