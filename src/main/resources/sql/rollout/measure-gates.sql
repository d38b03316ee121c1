-- What the gates look at, of the last minutes; NULL where there is nothing to measure.
SELECT (SELECT round(100.0 * count(*) FILTER (WHERE NOT success) / nullif(count(*), 0), 2)
          FROM public.api_latency_reliability_logs WHERE called_at > CAST(:since AS timestamptz)) AS error_percent,
       (SELECT min(good) FROM (SELECT round(100.0 * count(*) FILTER (WHERE success) / count(*), 2) AS good
          FROM public.api_latency_reliability_logs WHERE called_at > CAST(:since AS timestamptz) GROUP BY api_name) source) AS reliability,
       (SELECT round(avg(data_quality_score), 2)
          FROM quantum_ops.market_hours WHERE taken_at > CAST(:since AS timestamptz)) AS quality,
       (SELECT s.lag_seconds FROM quantum_ops.sync_lag s, quantum_ops.sync_control c
         WHERE c.state = 'ON' AND c.failure IS NULL AND c.capture_failure IS NULL) AS lag_seconds,
       -- Both ways to verify are asked, and the newer one counts.
       (SELECT v.differences FROM (
            SELECT finished_at AS at, settled_differences AS differences
              FROM quantum_ops.verification_rounds WHERE finished_at IS NOT NULL
            UNION ALL
            SELECT completed_at, CASE WHEN migration_status IN ('CLEAN', 'OPEN_QUARANTINE', 'OPEN_CONFLICTS') THEN 0
                   ELSE greatest(1, coalesce((details ->> 'missing')::bigint + (details ->> 'extra')::bigint + (details ->> 'different')::bigint, 1)) END
              FROM public.quantum_migration_log WHERE step = 'verify' AND completed_at IS NOT NULL) v
         WHERE v.at > CAST(:verifiedSince AS timestamptz) ORDER BY v.at DESC LIMIT 1) AS differences
