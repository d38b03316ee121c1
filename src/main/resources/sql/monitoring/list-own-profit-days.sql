-- What one user's trades that ended on a day brought, oldest day first.
SELECT (ended_at AT TIME ZONE 'UTC')::date AS day, count(*) AS trades, sum(profit) AS profit
FROM quantum_ops.trade_contributions
WHERE user_id = :user AND profit IS NOT NULL AND ended_at IS NOT NULL
GROUP BY day
ORDER BY day
