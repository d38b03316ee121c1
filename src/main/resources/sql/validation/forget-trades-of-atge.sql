-- Trades of users who went back to ATGE are ATGE's to judge. Should one come again, it is judged from its start, so no candle is passed over.
DELETE FROM quantum_ops.open_trades o
USING public.btc_trades t
WHERE t.id = o.trade_id AND o.trade_id BETWEEN :first_id AND :last_id AND o.status = 'ACTIVE'
  AND (SELECT coalesce((SELECT c.state <> 'OFF' FROM quantum_ops.sync_control c), false))
  AND NOT quantum_ops.served_by_quantum(t.user_id)
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = t.id)
