-- Keeps both versions of trades that ATGE changed though Quantum owns them; a further change joins the open conflict.
INSERT INTO quantum_ops.sync_conflicts AS c (trade_id, user_id, kind, atge, quantum, outcome)
SELECT i.id, t.user_id, i.kind, to_jsonb(l), to_jsonb(t), to_jsonb(o)
FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[])) AS i (id, kind)
JOIN public.btc_trades t ON t.id = i.id
LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = i.id
LEFT JOIN ${table} l ON l.${id} = i.id
ON CONFLICT (trade_id) WHERE state = 'OPEN' DO UPDATE
SET history = c.history || jsonb_build_object('kind', c.kind, 'atge', c.atge, 'until', clock_timestamp()),
    kind = excluded.kind, atge = excluded.atge, quantum = excluded.quantum, outcome = excluded.outcome, changed_at = clock_timestamp()
WHERE (c.kind, c.atge) IS DISTINCT FROM (excluded.kind, excluded.atge)
