-- The calls of the sources one by one, newest first: the rows behind their reliability.
SELECT api_name, endpoint, http_method, response_time_ms, status_code, success, error_type, error_message, retry_count, called_at
FROM public.api_latency_reliability_logs
WHERE called_at > CAST(:since AS timestamptz)
  AND (:source::text IS NULL OR api_name = :source::text)
  AND (NOT :failed OR NOT success)
ORDER BY called_at DESC, id
LIMIT 200
