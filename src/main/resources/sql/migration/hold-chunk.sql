-- Taken first in the chunk's transaction: nobody leases the chunk while this transaction lives. No row: a newer lease exists.
SELECT 1 FROM quantum_ops.migration_chunks WHERE chunk_no = :chunkNo AND fence = :fence FOR NO KEY UPDATE
