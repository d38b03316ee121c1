-- What the dashboard says of the system as a whole. Reliability is what the last validation measured over seven days.
SELECT (SELECT count(*) FROM public.quantum_anomaly_logs WHERE detected_at > CAST(:now AS timestamptz) - interval '7 days') AS anomalies,
       (SELECT max(finished_at) FROM quantum_ops.validation_runs WHERE state = 'FINISHED') AS validated_at,
       a.api_reliability_cmc, a.api_reliability_coingecko, a.api_reliability_kraken, a.api_reliability_blockchain,
       a.api_reliability_lunarcrush,
       (SELECT price FROM quantum_ops.market_hours ORDER BY hour LIMIT 1) AS first_price,
       (SELECT price FROM quantum_ops.market_hours ORDER BY hour DESC LIMIT 1) AS last_price,
       (SELECT count(*) FROM quantum_ops.market_hours) AS hours
FROM (SELECT 1) one
LEFT JOIN LATERAL (SELECT * FROM public.prediction_accuracy_database ORDER BY period_end DESC LIMIT 1) a ON true
