-- What the legacy table does not know: trades made by Quantum, and migrated trades that Quantum has judged since.
SELECT (SELECT count(*) FROM quantum_ops.generated_trades) AS generated,
       (SELECT count(*) FROM quantum_ops.trade_outcomes o
        WHERE NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = o.trade_id)) AS judged
