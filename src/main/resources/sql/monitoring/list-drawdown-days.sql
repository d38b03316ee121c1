-- How the running sum of profits moved within each day, oldest first; joined, they give the drawdown over all.
SELECT trades, profit_sum, highest, lowest, deepest FROM quantum_ops.drawdown_days ORDER BY day
