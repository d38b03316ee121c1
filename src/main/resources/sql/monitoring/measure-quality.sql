-- Data quality of the last hours, newest first; an hour that was not measured has no row, or none with a score.
SELECT hour, data_quality_score FROM quantum_ops.market_hours
WHERE hour > :now::timestamptz - interval '5 hours' AND hour <= :now
ORDER BY hour DESC
