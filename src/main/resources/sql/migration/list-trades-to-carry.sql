-- Trades that Quantum made and the legacy table does not have. Whoever writes one at this moment is not waited for.
SELECT g.trade_id FROM quantum_ops.generated_trades g
WHERE g.carried_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.carry_failures f WHERE f.trade_id = g.trade_id AND f.failed_at > clock_timestamp() - make_interval(secs => :patience))
  AND NOT EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = g.trade_id AND c.state = 'OPEN')
ORDER BY g.trade_id
LIMIT :most
FOR UPDATE OF g SKIP LOCKED
