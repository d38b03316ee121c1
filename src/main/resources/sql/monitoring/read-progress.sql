-- Which levels the judge has seen touched; no row for a trade that was never judged here.
SELECT tp1_hit_at, tp2_hit_at, tp3_hit_at, stop_hit_at, entered_at, entry_price, exit_price, profit_usd, reason, ambiguous, single_venue
FROM quantum_ops.trade_outcomes WHERE trade_id = :id
UNION ALL
SELECT tp1_hit_at, tp2_hit_at, tp3_hit_at, NULL, entered_at, entry_price, NULL, NULL, NULL, ambiguous, single_venue
FROM quantum_ops.open_trades WHERE trade_id = :id AND status = 'ACTIVE'
LIMIT 1
