-- How far the sync is behind, without looking for what is to be carried back while there is no sync: nothing is carried
-- then, so every outcome ever judged would be looked at, again and again.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE OR REPLACE VIEW quantum_ops.sync_lag AS
SELECT (SELECT count(*) FROM quantum_ops.change_queue) AS pending,
       coalesce((SELECT round(extract(epoch FROM clock_timestamp() - q.noted_at)::numeric, 3)
                 FROM quantum_ops.change_queue q
                 WHERE q.legacy_id IS NULL
                    OR NOT EXISTS (SELECT 1 FROM quantum_ops.migration_chunks WHERE state <> 'DONE')
                       AND EXISTS (SELECT 1 FROM quantum_ops.migration_chunks)
                    OR quantum_ops.quantum_is_copied(q.legacy_id)
                 ORDER BY q.seq LIMIT 1), 0) AS lag_seconds,
       (SELECT count(*) FROM quantum_ops.sync_conflicts WHERE state = 'OPEN') AS open_conflicts,
       CASE WHEN coalesce((SELECT c.state FROM quantum_ops.sync_control c WHERE c.id = 1), 'OFF') = 'OFF' THEN 0
            ELSE (SELECT count(*) FROM quantum_ops.generated_trades WHERE carried_at IS NULL)
                 + (SELECT count(*) FROM quantum_ops.trade_outcomes o JOIN public.btc_trades t ON t.id = o.trade_id
                    WHERE o.carried_at IS NULL AND (o.owned OR quantum_ops.served_by_quantum(t.user_id))
                      AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = o.trade_id AND g.carried_at IS NULL)
                      AND NOT EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = o.trade_id AND c.state = 'OPEN'))
       END AS carry_pending;
