-- How the trade was seen hour by hour, newest first.
SELECT snapshot_at, price, volume_24h, market_cap, mempool_size, whale_transactions, sentiment_score, social_dominance,
       deviation_from_prediction, phase_shift_detected, data_quality_score
FROM public.btc_hourly_snapshots
WHERE trade_id = :id
ORDER BY snapshot_at DESC
LIMIT 1000
