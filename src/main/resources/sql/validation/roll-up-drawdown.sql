-- The days on which more trades ended than were looked at: their running sum anew, end by end, whatever shard they lie in.
INSERT INTO quantum_ops.drawdown_days (day, trades, profit_sum, highest, lowest, deepest)
WITH days AS (
    SELECT p.day, sum(p.trades) AS trades, sum(p.profit_sum) AS profit_sum
    FROM quantum_ops.profit_days p
    GROUP BY p.day
), stale AS (
    SELECT d.day, d.trades, d.profit_sum
    FROM days d
    LEFT JOIN quantum_ops.drawdown_days known USING (day)
    WHERE known.day IS NULL OR known.trades <> d.trades OR known.profit_sum <> d.profit_sum
), ends AS (
    SELECT s.day, o.ended_at, sum(o.profit_usd) AS profit
    FROM stale s
    JOIN quantum_ops.trade_outcomes o
      ON o.ended_at >= s.day::timestamp AT TIME ZONE 'UTC' AND o.ended_at < (s.day + 1)::timestamp AT TIME ZONE 'UTC'
    WHERE o.profit_usd IS NOT NULL
    GROUP BY s.day, o.ended_at
), running AS (
    SELECT day, ended_at, sum(profit) OVER (PARTITION BY day ORDER BY ended_at) AS total FROM ends
), peaks AS (
    SELECT day, total, greatest(0, max(total) OVER (PARTITION BY day ORDER BY ended_at)) AS peak FROM running
)
SELECT s.day, s.trades, s.profit_sum, greatest(0, max(p.total)), least(0, min(p.total)), max(p.peak - p.total)
FROM stale s
JOIN peaks p USING (day)
GROUP BY s.day, s.trades, s.profit_sum
ON CONFLICT (day) DO UPDATE
SET trades = excluded.trades, profit_sum = excluded.profit_sum, highest = excluded.highest, lowest = excluded.lowest, deepest = excluded.deepest
