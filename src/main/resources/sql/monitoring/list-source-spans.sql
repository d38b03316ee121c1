-- How each source answered in each span of time, oldest first.
SELECT date_trunc(:span, called_at, 'UTC') AS start, api_name AS source, count(*) AS calls,
       count(*) FILTER (WHERE NOT success) AS failures, avg(response_time_ms)::float8 AS mean_ms
FROM public.api_latency_reliability_logs
WHERE called_at > CAST(:since AS timestamptz)
GROUP BY start, api_name
ORDER BY start, api_name
