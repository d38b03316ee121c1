-- Takes trades away whose legacy row is gone, and keeps each as it was.
WITH gone AS (DELETE FROM public.btc_trades WHERE id = ANY (CAST(:ids AS uuid[])) RETURNING *)
INSERT INTO quantum_ops.deleted_trades (trade_id, user_id, trade, outcome)
SELECT g.id, g.user_id, to_jsonb(g), to_jsonb(o)
FROM gone g LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = g.id
