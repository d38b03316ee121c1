-- True when the sums count what the tables hold; false after somebody else inserted, changed or deleted trades.
SELECT NOT EXISTS (
    SELECT 1
    FROM (SELECT status, sum(trades) AS trades FROM quantum_ops.trade_rollup GROUP BY status) r
    FULL JOIN (SELECT status, count(*) AS trades FROM public.btc_trades WHERE status <> 'ACTIVE' GROUP BY status
               UNION ALL
               SELECT 'ACTIVE', count(*) FROM quantum_ops.open_trades WHERE status = 'ACTIVE') t USING (status)
    WHERE coalesce(r.trades, 0) <> coalesce(t.trades, 0))
