-- A silent run loses its right to write; its finished shards stay, the others are judged by the run that follows.
UPDATE quantum_ops.validation_runs
SET state = 'ABANDONED', finished_at = now()
WHERE run_id = :run_id
