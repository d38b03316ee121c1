-- What was odd about the trade, newest first.
SELECT id, anomaly_type, severity, description, detected_at
FROM public.quantum_anomaly_logs
WHERE trade_id = :id
ORDER BY detected_at DESC
LIMIT 100
