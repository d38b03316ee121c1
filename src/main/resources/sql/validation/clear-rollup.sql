-- Before the sums are built anew.
TRUNCATE quantum_ops.trade_rollup, quantum_ops.profit_days, quantum_ops.drawdown_days
