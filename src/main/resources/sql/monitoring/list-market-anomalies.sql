-- What was odd about the market or the sources, newest first; what was odd about single trades is shown with them.
SELECT id, anomaly_type, severity, description, impact, system_suspended, suspension_duration_minutes, detected_at, resolved_at
FROM public.quantum_anomaly_logs
WHERE trade_id IS NULL AND detected_at > CAST(:since AS timestamptz)
ORDER BY detected_at DESC
LIMIT 200
