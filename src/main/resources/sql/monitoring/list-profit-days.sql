-- What the trades that ended on a day brought, oldest day first; the drawdown is measured on its running sum.
SELECT sum(profit_sum) AS profit FROM quantum_ops.profit_days GROUP BY day ORDER BY day
