-- The newest statement of accuracy, and of how many trades that are over: no issued signal leaves the denominator.
SELECT overall_accuracy_rate, trades_hit + trades_not_hit + trades_expired + trades_invalidated AS decided
FROM public.prediction_accuracy_database
ORDER BY period_end DESC
LIMIT 1
