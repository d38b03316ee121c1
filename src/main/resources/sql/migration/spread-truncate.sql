-- A truncation names no rows: every trade that stood in the legacy table and stands there no more is a change of its own.
INSERT INTO quantum_ops.change_queue (legacy_id, op)
SELECT t.id, 'D' FROM public.btc_trades t
LEFT JOIN quantum_ops.generated_trades g ON g.trade_id = t.id
WHERE (g.trade_id IS NULL OR g.carried_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM ${table} l WHERE l.${id} = t.id)
UNION
SELECT q.legacy_id, 'D' FROM quantum_ops.migration_quarantine q
WHERE NOT EXISTS (SELECT 1 FROM ${table} l WHERE l.${id} = q.legacy_id)
