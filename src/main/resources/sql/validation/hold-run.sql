-- Held to the end of the transaction: nobody takes the run over while it commits, and an abandoned run finds nothing.
SELECT run_id FROM quantum_ops.validation_runs WHERE run_id = :run_id AND state = 'RUNNING' FOR KEY SHARE
