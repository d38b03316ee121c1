-- The price at the last hour of each UTC day that has one, oldest first; and the very first price of all.
SELECT DISTINCT ON (day) (hour AT TIME ZONE 'UTC')::date AS day, price,
       (SELECT price FROM quantum_ops.market_hours ORDER BY hour LIMIT 1) AS first_price
FROM quantum_ops.market_hours
ORDER BY day, hour DESC
