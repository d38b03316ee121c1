-- How the trade was seen hour by hour, newest first.
SELECT s.snapshot_at, m.taken_at, s.price, s.volume_24h, s.market_cap, s.mempool_size, s.whale_transactions, s.sentiment_score, s.social_dominance,
       s.deviation_from_prediction, s.phase_shift_detected, s.data_quality_score
FROM public.btc_hourly_snapshots s
LEFT JOIN quantum_ops.market_hours m ON m.hour = s.snapshot_at
WHERE s.trade_id = :id
ORDER BY s.snapshot_at DESC
LIMIT 1000
