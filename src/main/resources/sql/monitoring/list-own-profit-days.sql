-- The same of one user's trades.
SELECT sum(profit) AS profit
FROM quantum_ops.trade_contributions
WHERE user_id = :user AND profit IS NOT NULL
GROUP BY (ended_at AT TIME ZONE 'UTC')::date
ORDER BY (ended_at AT TIME ZONE 'UTC')::date
