-- The sums of every trade as of the last validation; a few hundred rows whatever the number of trades.
SELECT judged, status, timeframe, decile, sum(trades) AS trades, sum(confidence_sum) AS confidence_sum, sum(brier_sum) AS brier_sum,
       sum(base_trades) AS base_trades, sum(base_sum) AS base_sum, sum(profit_trades) AS profit_trades,
       sum(profit_sum) AS profit_sum, sum(gain_sum) AS gain_sum, sum(loss_sum) AS loss_sum
FROM quantum_ops.trade_rollup
GROUP BY judged, status, timeframe, decile
HAVING sum(trades) <> 0
