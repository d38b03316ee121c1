-- One row a trade and hour, for every hour from the trade's generation to the hour after its end. Deviation is hqve's,
-- |actual move - expected move| / expected move in percent, at most 100, where the move expected by now is the part of
-- the way from entry to first target that belongs to the time gone by, and the whole way is the divisor.
INSERT INTO public.btc_hourly_snapshots (trade_id, snapshot_at, price, volume_24h, market_cap, mempool_size,
       whale_transactions, difficulty, sentiment_score, social_dominance, deviation_from_prediction,
       phase_shift_detected, data_quality_score)
SELECT w.id, m.hour, m.price, m.volume_24h, m.market_cap, m.mempool_size, m.whale_transactions, m.difficulty,
       m.sentiment_score, m.social_dominance,
       CASE WHEN w.tp1_price <> w.entry_optimal AND w.expires_at > w.generated_at THEN
           least(100, 100 * abs(
               (m.price::float8 - w.entry_optimal::float8) / (w.tp1_price::float8 - w.entry_optimal::float8)
               - least(1, extract(epoch FROM m.taken_at - w.generated_at)::float8
                        / extract(epoch FROM w.expires_at - w.generated_at)::float8)))::numeric(10, 4)
       END,
       CASE WHEN w.generated_at <= m.hour - interval '5 hours' THEN m.phase_shift END,
       m.data_quality_score
FROM (SELECT t.id, t.entry_optimal, t.tp1_price, t.generated_at, t.expires_at, NULL::timestamptz AS ended_at
      FROM quantum_ops.open_trades o
      JOIN public.btc_trades t ON t.id = o.trade_id AND t.status = o.status
      WHERE t.id BETWEEN :first_id AND :last_id
      UNION ALL
      SELECT t.id, t.entry_optimal, t.tp1_price, t.generated_at, t.expires_at, v.ended_at
      FROM verdicts v
      JOIN public.btc_trades t ON t.id = v.trade_id
      WHERE v.ended_at IS NOT NULL) w
JOIN quantum_ops.market_hours m
  ON m.hour = ANY (CAST(:hours AS timestamptz[])) AND w.generated_at <= m.taken_at
 AND (w.ended_at IS NULL OR m.hour < w.ended_at + interval '1 hour')
WHERE NOT EXISTS (SELECT 1 FROM public.btc_hourly_snapshots s
                  WHERE s.trade_id = w.id AND s.snapshot_at = m.hour AND s.snapshot_at = ANY (CAST(:maybe_written AS timestamptz[])))
-- In the order of the key: each page of its index is then touched once, and not once for every row.
ORDER BY w.id, m.hour
