-- The market hour by hour, oldest first.
SELECT hour, price, data_quality_score, phase_shift
FROM quantum_ops.market_hours
WHERE hour > CAST(:since AS timestamptz)
ORDER BY hour
