-- Lets the next request with the key go on; a claim that another took over stays.
DELETE FROM quantum_ops.generation_claims WHERE user_id = :user AND idempotency_key = :key AND claim_id = :claim
