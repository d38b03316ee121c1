-- How a trade ended, or how far a HIT one has come; profit follows when its last part is closed. While both systems live,
-- only trades that Quantum owns are judged.
INSERT INTO quantum_ops.trade_outcomes AS o (trade_id, status, reason, entered_at, entry_price, tp1_hit_at, tp2_hit_at, tp3_hit_at,
       stop_hit_at, exit_price, profit_usd, ambiguous, single_venue, ended_at, judged_until, judged_at, owned)
SELECT v.trade_id, v.status, v.reason, v.entered_at, v.entry_price, v.tp1_hit_at, v.tp2_hit_at, v.tp3_hit_at,
       v.stop_hit_at, v.exit_price, v.profit_usd, v.ambiguous, v.single_venue, v.ended_at, :until, :now,
       coalesce((SELECT c.state <> 'OFF' FROM quantum_ops.sync_control c), false)
FROM verdicts v
JOIN public.btc_trades t ON t.id = v.trade_id AND t.status = v.status
WHERE v.status <> 'ACTIVE'
ON CONFLICT (trade_id) DO UPDATE
SET status = excluded.status, reason = excluded.reason, tp1_hit_at = excluded.tp1_hit_at, tp2_hit_at = excluded.tp2_hit_at,
    tp3_hit_at = excluded.tp3_hit_at, stop_hit_at = excluded.stop_hit_at, exit_price = excluded.exit_price,
    profit_usd = excluded.profit_usd, ambiguous = excluded.ambiguous, single_venue = excluded.single_venue,
    ended_at = excluded.ended_at, judged_until = excluded.judged_until, judged_at = excluded.judged_at, owned = o.owned OR excluded.owned,
    carried_at = CASE WHEN o.status = excluded.status THEN o.carried_at END
