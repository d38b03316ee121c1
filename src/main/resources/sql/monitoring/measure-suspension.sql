-- The suspension that ends last decides, on whichever node it began.
SELECT anomaly_type || ': ' || description AS reason, detected_at + make_interval(mins => suspension_duration_minutes) AS ends_at
FROM public.quantum_anomaly_logs
WHERE system_suspended AND resolved_at IS NULL
  AND detected_at + make_interval(mins => suspension_duration_minutes) > :now
ORDER BY ends_at DESC
LIMIT 1
