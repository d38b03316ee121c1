-- What was odd about the market or the sources, and about trades: one user's, or everybody's when none is given. Newest first.
SELECT a.id, a.trade_id, a.anomaly_type, a.severity, a.description, a.impact, a.system_suspended, a.suspension_duration_minutes,
       a.detected_at, a.resolved_at
FROM public.quantum_anomaly_logs a
WHERE a.detected_at > CAST(:since AS timestamptz)
  AND (a.trade_id IS NULL OR :user::uuid IS NULL
       OR EXISTS (SELECT FROM public.btc_trades t WHERE t.id = a.trade_id AND t.user_id = :user::uuid))
ORDER BY a.detected_at DESC
LIMIT 200
