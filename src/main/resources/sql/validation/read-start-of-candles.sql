-- The first instant that some trade still has to be judged from; NULL when there is no open trade.
SELECT least(
    (SELECT min(s.judged_until) FROM quantum_ops.validation_shards s
      WHERE EXISTS (SELECT 1 FROM quantum_ops.open_trades o WHERE o.trade_id BETWEEN s.first_id AND s.last_id)),
    (SELECT min(o.judged_until) FROM quantum_ops.open_trades o),
    (SELECT min(t.generated_at) FROM public.btc_trades t
      WHERE t.status = 'ACTIVE' AND t.expires_at > :hopeless
        AND NOT EXISTS (SELECT 1 FROM quantum_ops.open_trades o WHERE o.trade_id = t.id)))
