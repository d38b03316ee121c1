-- Takes the oldest changes of rows whose chunk has been copied; the others wait, so the copy and the sync never meet.
DELETE FROM quantum_ops.change_queue
WHERE seq = ANY (ARRAY(
    SELECT q.seq FROM quantum_ops.change_queue q
    WHERE q.legacy_id IS NULL
       OR NOT EXISTS (SELECT 1 FROM quantum_ops.migration_chunks WHERE state <> 'DONE') AND EXISTS (SELECT 1 FROM quantum_ops.migration_chunks)
       OR quantum_ops.quantum_is_copied(q.legacy_id)
    ORDER BY q.seq LIMIT :most))
RETURNING legacy_id, op, noted_at
