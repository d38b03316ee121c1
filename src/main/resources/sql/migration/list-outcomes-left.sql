-- Statuses that are for the legacy table and were not written there, with the reason as far as it lies in that table.
SELECT o.trade_id,
       CASE WHEN EXISTS (SELECT 1 FROM quantum_ops.change_queue q WHERE q.legacy_id = o.trade_id OR q.legacy_id IS NULL) THEN 'ATGE has changed the legacy row since'
            WHEN l.${id} IS NULL THEN 'its legacy row is gone'
            ELSE 'the legacy row is locked by a writer' END AS reason
FROM quantum_ops.trade_outcomes o
JOIN public.btc_trades t ON t.id = o.trade_id
LEFT JOIN ${table} l ON l.${id} = o.trade_id
LEFT JOIN quantum_ops.generated_trades g ON g.trade_id = o.trade_id
WHERE o.carried_at IS NULL
  AND (g.trade_id IS NULL AND (o.owned OR quantum_ops.served_by_quantum(t.user_id)) OR g.carried_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.carry_failures f WHERE f.trade_id = o.trade_id)
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = o.trade_id AND c.state = 'OPEN')
