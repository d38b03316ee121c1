-- Nothing more can happen to these.
DELETE FROM quantum_ops.open_trades o
USING verdicts v
WHERE o.trade_id = v.trade_id AND v.ended_at IS NOT NULL
