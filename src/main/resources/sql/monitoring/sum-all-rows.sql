-- The same sums from the rows themselves, for the time before the first validation, which is the first to keep them.
SELECT judged, status, timeframe, decile, count(*) AS trades, sum(confidence) AS confidence_sum, sum(brier) AS brier_sum,
       count(base) AS base_trades, coalesce(sum(base), 0) AS base_sum, count(profit) AS profit_trades,
       coalesce(sum(profit), 0) AS profit_sum, coalesce(sum(profit) FILTER (WHERE profit > 0), 0) AS gain_sum,
       coalesce(sum(-profit) FILTER (WHERE profit < 0), 0) AS loss_sum
FROM quantum_ops.trade_contributions
GROUP BY judged, status, timeframe, decile
