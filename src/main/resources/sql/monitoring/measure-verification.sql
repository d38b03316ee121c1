-- The newest finished round of the continuous comparison.
SELECT finished_at, rows_compared, differences, settled_differences FROM quantum_ops.verification_rounds
WHERE finished_at IS NOT NULL
ORDER BY id DESC
LIMIT 1
