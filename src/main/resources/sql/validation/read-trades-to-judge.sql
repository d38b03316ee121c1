-- The few trades to which something can have happened: never judged, over, or with a level within the highest and lowest
-- price since the shard was judged. The judge decides; for every other trade its answer is "still the same".
SELECT t.id, t.status, t.entry_min, t.entry_max, t.entry_optimal, t.tp1_price, t.tp1_allocation, t.tp2_price,
       t.tp2_allocation, t.tp3_price, t.tp3_allocation, t.stop_loss_price, t.generated_at, t.expires_at,
       o.trade_id IS NOT NULL AS known, o.judged_until, o.came_from, o.entered_at, o.entry_price,
       o.tp1_hit_at, o.tp2_hit_at, o.tp3_hit_at, o.ambiguous, o.single_venue
FROM public.btc_trades t
-- The range is said of both, as the planner draws no conclusion from one to the other.
LEFT JOIN quantum_ops.open_trades o ON o.trade_id = t.id AND o.trade_id BETWEEN ? AND ?
WHERE t.id BETWEEN ? AND ?
  AND t.status IN ('ACTIVE', 'HIT')
  -- While both systems live, ATGE judges the trades of its own users.
  AND (NOT (SELECT coalesce((SELECT c.state <> 'OFF' FROM quantum_ops.sync_control c), false))
       OR quantum_ops.served_by_quantum(t.user_id)
       OR EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = t.id))
  AND CASE
        WHEN o.trade_id IS NULL THEN t.status = 'ACTIVE'
        WHEN o.status <> t.status THEN false
        WHEN o.judged_until IS NOT NULL OR t.expires_at <= ? THEN true
        WHEN o.came_from IS NULL THEN CAST(? AS numeric) IS NOT NULL
        WHEN o.entered_at IS NULL THEN
            CASE WHEN (o.came_from = 'WINNING') = (t.tp1_price > t.entry_optimal) THEN t.entry_max >= ? ELSE t.entry_min <= ? END
        WHEN t.tp1_price > t.entry_optimal THEN
            t.stop_loss_price >= ? OR ? >=
            CASE WHEN o.tp1_hit_at IS NULL THEN t.tp1_price WHEN o.tp2_hit_at IS NULL THEN t.tp2_price ELSE t.tp3_price END
        ELSE
            t.stop_loss_price <= ? OR ? <=
            CASE WHEN o.tp1_hit_at IS NULL THEN t.tp1_price WHEN o.tp2_hit_at IS NULL THEN t.tp2_price ELSE t.tp3_price END
      END
