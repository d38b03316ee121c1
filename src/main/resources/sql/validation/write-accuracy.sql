-- How good the predictions were from the first trade to this hour. Accuracy is HIT among all that are over: no issued
-- signal leaves the denominator. Reliability is measured over seven days of calls.
INSERT INTO public.prediction_accuracy_database (total_trades, trades_hit, trades_not_hit, trades_invalidated,
       trades_expired, overall_accuracy_rate, average_confidence_winning, average_confidence_losing,
       average_deviation_score, accuracy_1h, accuracy_4h, accuracy_1d, accuracy_1w, average_data_quality,
       api_reliability_cmc, api_reliability_coingecko, api_reliability_kraken, api_reliability_blockchain,
       api_reliability_lunarcrush, total_anomalies, fatal_anomalies, system_suspensions, period_start, period_end)
SELECT r.total, r.hit, r.not_hit, r.invalidated, r.expired, 100.0 * r.hit / nullif(r.hit + r.not_hit + r.invalidated + r.expired, 0),
       r.winning, r.losing,
       (SELECT avg(deviation_from_prediction) FROM public.btc_hourly_snapshots WHERE snapshot_at = :hour),
       r.rate_1h, r.rate_4h, r.rate_1d, r.rate_1w,
       (SELECT avg(data_quality_score) FROM quantum_ops.market_hours WHERE hour > CAST(:hour AS timestamptz) - interval '7 days' AND hour <= :hour),
       a.cmc, a.coingecko, a.kraken, a.blockchain, a.lunarcrush, n.total, n.fatal, n.suspensions, t.first_trade, :hour
FROM (SELECT sum(trades) AS total,
             coalesce(sum(trades) FILTER (WHERE status = 'HIT'), 0) AS hit,
             coalesce(sum(trades) FILTER (WHERE status = 'NOT_HIT'), 0) AS not_hit,
             coalesce(sum(trades) FILTER (WHERE status = 'INVALIDATED'), 0) AS invalidated,
             coalesce(sum(trades) FILTER (WHERE status = 'EXPIRED'), 0) AS expired,
             sum(confidence_sum) FILTER (WHERE status = 'HIT' AND decile >= 0)
                 / nullif(sum(trades) FILTER (WHERE status = 'HIT' AND decile >= 0), 0) AS winning,
             sum(confidence_sum) FILTER (WHERE status IN ('NOT_HIT', 'EXPIRED') AND decile >= 0)
                 / nullif(sum(trades) FILTER (WHERE status IN ('NOT_HIT', 'EXPIRED') AND decile >= 0), 0) AS losing,
             100.0 * sum(trades) FILTER (WHERE status = 'HIT' AND timeframe = '1h')
                 / nullif(sum(trades) FILTER (WHERE status <> 'ACTIVE' AND timeframe = '1h'), 0) AS rate_1h,
             100.0 * sum(trades) FILTER (WHERE status = 'HIT' AND timeframe = '4h')
                 / nullif(sum(trades) FILTER (WHERE status <> 'ACTIVE' AND timeframe = '4h'), 0) AS rate_4h,
             100.0 * sum(trades) FILTER (WHERE status = 'HIT' AND timeframe = '1d')
                 / nullif(sum(trades) FILTER (WHERE status <> 'ACTIVE' AND timeframe = '1d'), 0) AS rate_1d,
             100.0 * sum(trades) FILTER (WHERE status = 'HIT' AND timeframe = '1w')
                 / nullif(sum(trades) FILTER (WHERE status <> 'ACTIVE' AND timeframe = '1w'), 0) AS rate_1w
      FROM quantum_ops.trade_rollup) r,
     (SELECT 100.0 * avg(success::int) FILTER (WHERE api_name = 'CoinMarketCap') AS cmc,
             100.0 * avg(success::int) FILTER (WHERE api_name = 'CoinGecko') AS coingecko,
             100.0 * avg(success::int) FILTER (WHERE api_name = 'Kraken') AS kraken,
             100.0 * avg(success::int) FILTER (WHERE api_name = 'Blockchain.com') AS blockchain,
             100.0 * avg(success::int) FILTER (WHERE api_name = 'LunarCrush') AS lunarcrush
      FROM public.api_latency_reliability_logs
      WHERE called_at > CAST(:hour AS timestamptz) - interval '7 days') a,
     (SELECT count(*) AS total, count(*) FILTER (WHERE severity = 'FATAL') AS fatal,
             count(*) FILTER (WHERE system_suspended) AS suspensions
      FROM public.quantum_anomaly_logs) n,
     (SELECT min(generated_at) AS first_trade FROM public.btc_trades) t
WHERE t.first_trade IS NOT NULL AND r.total > 0
ON CONFLICT (period_start, period_end) DO UPDATE
SET total_trades = excluded.total_trades, trades_hit = excluded.trades_hit, trades_not_hit = excluded.trades_not_hit,
    trades_invalidated = excluded.trades_invalidated, trades_expired = excluded.trades_expired,
    overall_accuracy_rate = excluded.overall_accuracy_rate, average_confidence_winning = excluded.average_confidence_winning,
    average_confidence_losing = excluded.average_confidence_losing, average_deviation_score = excluded.average_deviation_score,
    accuracy_1h = excluded.accuracy_1h, accuracy_4h = excluded.accuracy_4h, accuracy_1d = excluded.accuracy_1d,
    accuracy_1w = excluded.accuracy_1w, average_data_quality = excluded.average_data_quality,
    api_reliability_cmc = excluded.api_reliability_cmc, api_reliability_coingecko = excluded.api_reliability_coingecko,
    api_reliability_kraken = excluded.api_reliability_kraken, api_reliability_blockchain = excluded.api_reliability_blockchain,
    api_reliability_lunarcrush = excluded.api_reliability_lunarcrush, total_anomalies = excluded.total_anomalies,
    fatal_anomalies = excluded.fatal_anomalies, system_suspensions = excluded.system_suspensions, updated_at = now()
