-- What the legacy table does not know: trades made by Quantum, and other trades that Quantum has judged, not carried back.
SELECT (SELECT count(*) FROM quantum_ops.generated_trades WHERE carried_at IS NULL) AS generated,
       (SELECT count(*) FROM quantum_ops.trade_outcomes o
        WHERE o.carried_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = o.trade_id AND g.carried_at IS NULL)) AS judged,
       (SELECT count(*) FROM quantum_ops.sync_conflicts WHERE state = 'OPEN') AS conflicts,
       ARRAY(SELECT count(*) || ' trades, as ' || reason FROM quantum_ops.carry_failures GROUP BY reason ORDER BY count(*) DESC LIMIT 10) AS reasons
