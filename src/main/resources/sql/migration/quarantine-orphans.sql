-- Trades whose user was not there, found after a load without the foreign key: back to quarantine, as if never copied.
WITH orphans AS (
    DELETE FROM public.btc_trades b
    WHERE NOT EXISTS (SELECT 1 FROM public.users u WHERE u.id = b.user_id)
    RETURNING b.id, b.user_id
), kept AS (
    INSERT INTO quantum_ops.migration_quarantine (legacy_id, reason, detail, original, run_id)
    SELECT o.id, 'USER_UNKNOWN', 'user_id ' || o.user_id || ' is not in users', to_jsonb(t), :runId
    FROM orphans o JOIN ${table} t ON t.${id} = o.id
    ON CONFLICT (legacy_id) DO NOTHING
    RETURNING legacy_id
), counted AS (
    SELECT c.chunk_no, count(*) AS gone, count(k.legacy_id) AS kept
    FROM orphans o
    JOIN quantum_ops.migration_chunks c ON (c.lower_id IS NULL OR o.id >= c.lower_id) AND (c.upper_id IS NULL OR o.id < c.upper_id)
    LEFT JOIN kept k ON k.legacy_id = o.id
    GROUP BY c.chunk_no
)
UPDATE quantum_ops.migration_chunks c
SET rows_migrated = c.rows_migrated - n.gone, rows_quarantined = c.rows_quarantined + n.kept
FROM counted n
WHERE c.chunk_no = n.chunk_no
