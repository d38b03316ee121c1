-- What each changed row meets: whose the trade is, and whether the mapped row says anything new. What a judgement or a
-- generation gives a trade of its own is not compared. A judged trade may be active in the legacy table until the judgement
-- is carried there; afterwards that is a change, unless it is the legacy word for a trade that could not be judged.
SELECT i.id, t.id IS NOT NULL AS here, s.id IS NOT NULL AS mapped, t.status, s.status AS mapped_status, o.status AS judged_status,
       g.trade_id IS NOT NULL AS generated, coalesce(quantum_ops.served_by_quantum(t.user_id), false) AS served,
       EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = i.id AND c.state = 'OPEN') AS in_conflict,
       (s.status = t.status OR o.trade_id IS NOT NULL AND s.status = 'ACTIVE'
           AND (o.carried_at IS NULL OR t.status = 'INVALIDATED' AND l.${status}::text = 'incomplete_data'))
       AND (s.user_id, s.symbol, s.entry_optimal, s.tp1_price, s.tp2_price, s.tp3_price, s.stop_loss_price, s.max_loss_percent,
            s.timeframe, s.timeframe_hours, s.confidence_score, s.quantum_reasoning, s.generated_at, s.expires_at, s.created_at)
           IS NOT DISTINCT FROM
           (t.user_id, t.symbol, t.entry_optimal, t.tp1_price, t.tp2_price, t.tp3_price, t.stop_loss_price, t.max_loss_percent,
            t.timeframe, t.timeframe_hours, t.confidence_score, t.quantum_reasoning, t.generated_at, t.expires_at, t.created_at) AS same,
       s.updated_at IS NOT DISTINCT FROM t.updated_at AS same_time
FROM unnest(CAST(:ids AS uuid[])) AS i (id)
LEFT JOIN public.btc_trades t ON t.id = i.id
LEFT JOIN quantum_staging s ON s.id = i.id
LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = i.id
LEFT JOIN quantum_ops.generated_trades g ON g.trade_id = i.id
LEFT JOIN ${table} l ON l.${id} = i.id
