-- Anomalies of the last hour and of the one before. The end of a suspension is logged there too, but is none.
SELECT count(*) FILTER (WHERE detected_at > :now::timestamptz - interval '1 hour') AS last_hour,
       count(*) FILTER (WHERE detected_at <= :now::timestamptz - interval '1 hour') AS hour_before,
       (array_agg(anomaly_type || ': ' || description ORDER BY detected_at DESC)
           FILTER (WHERE severity = 'FATAL' AND detected_at > :now::timestamptz - interval '5 minutes'))[1] AS fatal
FROM public.quantum_anomaly_logs
WHERE detected_at > :now::timestamptz - interval '2 hours' AND detected_at <= :now AND anomaly_type <> 'SYSTEM_RESUMED'
