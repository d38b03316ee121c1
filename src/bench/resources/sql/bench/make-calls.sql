-- The calls of the sources over 90 days, one of each in three minutes, one in a hundred of them failed.
INSERT INTO public.api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, status_code, success, error_type, called_at)
SELECT s.name, '/made', 'GET', 50 + (random() * 400)::int, CASE WHEN f.failed THEN 502 ELSE 200 END, NOT f.failed, CASE WHEN f.failed THEN 'HTTP' END, t
FROM generate_series(now() - interval '90 days', now(), interval '3 minutes') t
CROSS JOIN unnest(ARRAY['CoinMarketCap', 'CoinGecko', 'Kraken', 'Blockchain.com', 'LunarCrush']) AS s(name)
CROSS JOIN LATERAL (SELECT random() < 0.01 AND t IS NOT NULL AND s.name IS NOT NULL AS failed) f
ORDER BY t
