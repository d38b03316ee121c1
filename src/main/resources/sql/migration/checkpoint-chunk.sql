-- The checkpoint: commits with the chunk's rows, or not at all. No row: a newer lease exists.
UPDATE quantum_ops.migration_chunks
SET state = 'DONE', rows_migrated = rows_migrated + :migrated, rows_quarantined = rows_quarantined + :quarantined,
    finished_at = clock_timestamp(), owner = NULL, backend_pid = NULL
WHERE chunk_no = :chunkNo AND fence = :fence
