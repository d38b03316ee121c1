-- Something happened to these, and they are still open.
UPDATE quantum_ops.open_trades o
SET status = v.status, judged_until = v.failed_mark, came_from = v.came_from, entered_at = v.entered_at,
    entry_price = v.entry_price, tp1_hit_at = v.tp1_hit_at, tp2_hit_at = v.tp2_hit_at, tp3_hit_at = v.tp3_hit_at,
    ambiguous = v.ambiguous, single_venue = v.single_venue
FROM verdicts v
WHERE o.trade_id = v.trade_id AND v.known AND v.ended_at IS NULL
