-- The key ranges that the copy worked in, in order, for the verification to compare one by one.
SELECT lower_id, upper_id, state FROM quantum_ops.migration_chunks ORDER BY lower_id NULLS FIRST
