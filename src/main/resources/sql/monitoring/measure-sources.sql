-- How each source answered over the last hour, and over the last five minutes.
SELECT api_name AS source, count(*) AS calls, count(*) FILTER (WHERE NOT success) AS failures,
       (avg(response_time_ms))::float8 AS mean_ms,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS p95_ms,
       count(*) FILTER (WHERE called_at > :now::timestamptz - interval '5 minutes') AS recent_calls,
       count(*) FILTER (WHERE called_at > :now::timestamptz - interval '5 minutes' AND NOT success) AS recent_failures,
       (avg(response_time_ms) FILTER (WHERE called_at > :now::timestamptz - interval '5 minutes'))::float8 AS recent_mean_ms
FROM public.api_latency_reliability_logs
WHERE called_at > :now::timestamptz - interval '1 hour' AND called_at <= :now
GROUP BY api_name
ORDER BY api_name
