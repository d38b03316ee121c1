-- The same sums of one user's trades, from the rows themselves, and what the trades that ended at an instant brought, in
-- one reading of the rows: a row that states an end is an end's, oldest first, any other is a group's.
SELECT grouping(judged) = 1 AS of_end, ended_at, judged, status, timeframe, decile,
       count(*) AS trades, sum(confidence) AS confidence_sum, sum(brier) AS brier_sum,
       count(base) AS base_trades, coalesce(sum(base), 0) AS base_sum, count(profit) AS profit_trades,
       coalesce(sum(profit), 0) AS profit_sum, coalesce(sum(profit) FILTER (WHERE profit > 0), 0) AS gain_sum,
       coalesce(sum(-profit) FILTER (WHERE profit < 0), 0) AS loss_sum
FROM quantum_ops.trade_contributions
WHERE user_id = :user
GROUP BY GROUPING SETS ((judged, status, timeframe, decile), (ended_at))
HAVING grouping(judged) = 0 OR count(profit) > 0
ORDER BY of_end, ended_at
