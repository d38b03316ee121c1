-- What Quantum has at the moment of the decision: it may have judged the trade since the conflict was found.
UPDATE quantum_ops.sync_conflicts c
SET quantum = to_jsonb(t), outcome = to_jsonb(o)
FROM public.btc_trades t
LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = t.id
WHERE c.id = :id AND t.id = c.trade_id
