-- What everybody's trades that ended on a day brought, oldest day first, as of the last validation.
SELECT day, sum(trades) AS trades, sum(profit_sum) AS profit
FROM quantum_ops.profit_days
GROUP BY day
ORDER BY day
