-- Ends what is over and says so once: of two nodes that come at the same time, the second finds nothing left to end.
WITH ended AS (
    UPDATE public.quantum_anomaly_logs
    SET resolved_at = :now,
        resolution_action = 'Resumed automatically after ' || suspension_duration_minutes || ' minutes'
    WHERE system_suspended AND resolved_at IS NULL
      AND detected_at + make_interval(mins => suspension_duration_minutes) <= :now
    RETURNING id, anomaly_type
)
INSERT INTO public.quantum_anomaly_logs (anomaly_type, severity, description, affected_sources, impact, detected_at,
    resolved_at, resolution_action)
SELECT 'SYSTEM_RESUMED', 'INFO', 'Suspension over (' || string_agg(DISTINCT anomaly_type, ', ') || ')', '[]',
       'Signals may be generated again', :now, :now, 'Resumed automatically'
FROM ended
WHERE NOT EXISTS (
    SELECT 1 FROM public.quantum_anomaly_logs
    WHERE system_suspended AND resolved_at IS NULL
      AND detected_at + make_interval(mins => suspension_duration_minutes) > :now)
HAVING count(*) > 0
