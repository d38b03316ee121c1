-- A page of everybody's trades, newest first; apart from the page of one user, so that each is planned by its own index.
SELECT t.id, t.user_id, t.symbol, t.entry_min, t.entry_max, t.entry_optimal, t.tp1_price, t.tp1_allocation, t.tp2_price, t.tp2_allocation,
       t.tp3_price, t.tp3_allocation, t.stop_loss_price, t.max_loss_percent, t.timeframe, t.timeframe_hours, t.confidence_score,
       t.quantum_reasoning, t.mathematical_justification, t.wave_pattern_collapse, t.data_quality_score, t.cross_api_proof,
       t.historical_triggers, t.status, t.generated_at, t.expires_at,
       coalesce(s.validated_at, t.last_validated_at) AS last_validated_at
  FROM public.btc_trades t
  LEFT JOIN LATERAL (
         -- The hour's begin may lie before the trade was generated; when the market was seen in that hour may not.
         SELECT coalesce(m.taken_at, h.snapshot_at) AS validated_at FROM public.btc_hourly_snapshots h
           LEFT JOIN quantum_ops.market_hours m ON m.hour = h.snapshot_at
          WHERE h.trade_id = t.id ORDER BY h.snapshot_at DESC LIMIT 1) s ON true
 WHERE (:statuses::text IS NULL OR t.status = ANY (string_to_array(:statuses::text, ',')))
   AND (:timeframe::text IS NULL OR t.timeframe = :timeframe::text)
   AND (:from::timestamptz IS NULL OR t.generated_at >= :from::timestamptz)
   AND (:until::timestamptz IS NULL OR t.generated_at < :until::timestamptz)
   AND (:afterTime::timestamptz IS NULL OR (t.generated_at, t.id) < (:afterTime::timestamptz, :afterId::uuid))
 ORDER BY t.generated_at DESC, t.id DESC
 LIMIT :rows
