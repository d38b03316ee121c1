-- One row a trade and hour, for every hour from the trade's generation to the hour after its end. Deviation is hqve's,
-- |actual move - expected move| / expected move in percent, at most 100, where the move expected by now is the part of
-- the way from entry to first target that belongs to the time gone by, and the whole way is the divisor.
INSERT INTO public.btc_hourly_snapshots (trade_id, snapshot_at, price, volume_24h, market_cap, mempool_size,
       whale_transactions, difficulty, sentiment_score, social_dominance, deviation_from_prediction,
       phase_shift_detected, data_quality_score)
WITH hours AS MATERIALIZED (
    SELECT m.*, m.price::float8 AS dollars, date_part('epoch', m.taken_at) AS taken
    FROM quantum_ops.market_hours m
    WHERE m.hour = ANY (CAST(:hours AS timestamptz[]))
)
SELECT w.id, h.hour, h.price, h.volume_24h, h.market_cap, h.mempool_size, h.whale_transactions, h.difficulty,
       h.sentiment_score, h.social_dominance,
       -- In whole ten-thousandths of a percent first: a million numbers by way of their digits cost seconds.
       CASE WHEN w.way <> 0 AND w.span > 0 THEN
           round(least(1000000, 1000000 * abs((h.dollars - w.entry) / w.way - least(1, (h.taken - w.begun) / w.span))))::bigint * 0.0001
       END,
       CASE WHEN w.generated_at <= h.hour - interval '5 hours' THEN h.phase_shift END,
       h.data_quality_score
FROM (SELECT t.id, t.entry_optimal::float8 AS entry, (t.tp1_price - t.entry_optimal)::float8 AS way, t.generated_at,
             date_part('epoch', t.generated_at) AS begun,
             date_part('epoch', t.expires_at) - date_part('epoch', t.generated_at) AS span, t.expires_at AS ended_at
      FROM quantum_ops.open_trades o
      JOIN public.btc_trades t ON t.id = o.trade_id AND t.status = o.status
      -- Said of both, as the planner draws no conclusion from one to the other.
      WHERE t.id BETWEEN :first_id AND :last_id AND o.trade_id BETWEEN :first_id AND :last_id
      UNION ALL
      SELECT t.id, t.entry_optimal::float8, (t.tp1_price - t.entry_optimal)::float8, t.generated_at,
             date_part('epoch', t.generated_at),
             date_part('epoch', t.expires_at) - date_part('epoch', t.generated_at), v.ended_at
      FROM verdicts v
      JOIN public.btc_trades t ON t.id = v.trade_id
      WHERE v.ended_at IS NOT NULL
      -- Computed once a trade, and not once for each place that names it.
      OFFSET 0) w
JOIN hours h ON w.generated_at <= h.taken_at AND h.hour < w.ended_at + interval '1 hour'
WHERE NOT EXISTS (SELECT 1 FROM public.btc_hourly_snapshots s
                  WHERE s.trade_id = w.id AND s.snapshot_at = h.hour AND s.snapshot_at = ANY (CAST(:maybe_written AS timestamptz[])))
-- In the order of the key: each page of its index is then touched once, and not once for every row.
ORDER BY w.id, h.hour
