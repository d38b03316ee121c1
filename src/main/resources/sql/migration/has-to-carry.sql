-- Whether it is worth looking: a trade made here, or a judgement while at least one user is Quantum's.
SELECT EXISTS (SELECT 1 FROM quantum_ops.generated_trades WHERE carried_at IS NULL)
    OR EXISTS (SELECT 1 FROM quantum_ops.trade_outcomes WHERE carried_at IS NULL AND owned)
    OR EXISTS (SELECT 1 FROM quantum_ops.trade_outcomes WHERE carried_at IS NULL)
       AND (EXISTS (SELECT 1 FROM quantum_ops.rollout WHERE percent > 0)
            OR EXISTS (SELECT 1 FROM quantum_ops.rollout_overrides WHERE system = 'QUANTUM')
            OR EXISTS (SELECT 1 FROM quantum_ops.trade_outcomes o JOIN quantum_ops.generated_trades g USING (trade_id) WHERE o.carried_at IS NULL))
