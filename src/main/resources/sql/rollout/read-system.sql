-- Which system serves a user, by the function that the sync and the judge ask too.
SELECT quantum_ops.served_by_quantum(CAST(:user AS uuid)) AS on_quantum, quantum_ops.rollout_bucket(CAST(:user AS uuid)) AS bucket,
       EXISTS (SELECT 1 FROM quantum_ops.rollout_overrides WHERE user_id = CAST(:user AS uuid)) AS overridden
