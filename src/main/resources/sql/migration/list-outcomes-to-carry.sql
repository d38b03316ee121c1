-- Statuses that Quantum gave to trades that it owns, and that the legacy table does not have. A legacy row that a writer
-- holds, or has changed since, is left to the next time: what ATGE wrote is never written over before it was looked at.
SELECT o.trade_id FROM quantum_ops.trade_outcomes o
JOIN public.btc_trades t ON t.id = o.trade_id
JOIN ${table} l ON l.${id} = o.trade_id
LEFT JOIN quantum_ops.generated_trades g ON g.trade_id = o.trade_id
WHERE o.carried_at IS NULL
  AND (g.trade_id IS NULL AND (o.owned OR quantum_ops.served_by_quantum(t.user_id)) OR g.carried_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.carry_failures f WHERE f.trade_id = o.trade_id AND f.failed_at > clock_timestamp() - make_interval(secs => :patience))
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = o.trade_id AND c.state = 'OPEN')
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.change_queue q WHERE q.legacy_id = o.trade_id)
ORDER BY o.trade_id
LIMIT :most
FOR NO KEY UPDATE OF o, l SKIP LOCKED
