-- Mean data quality of the hours of each of the last seven days that has any, oldest first.
SELECT round(avg(data_quality_score), 2) AS quality
FROM quantum_ops.market_hours
WHERE hour > CAST(:now AS timestamptz) - interval '7 days' AND data_quality_score IS NOT NULL
GROUP BY (hour AT TIME ZONE 'UTC')::date
ORDER BY (hour AT TIME ZONE 'UTC')::date
