-- From now on these are judged from the mark of their shard, or from their own when judging failed.
INSERT INTO quantum_ops.open_trades (trade_id, status, judged_until, came_from, entered_at, entry_price, tp1_hit_at, tp2_hit_at,
       tp3_hit_at, ambiguous, single_venue)
SELECT v.trade_id, v.status, v.failed_mark, v.came_from, v.entered_at, v.entry_price, v.tp1_hit_at, v.tp2_hit_at,
       v.tp3_hit_at, v.ambiguous, v.single_venue
FROM verdicts v
WHERE NOT v.known AND v.ended_at IS NULL
