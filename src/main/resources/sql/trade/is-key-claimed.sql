-- Whether the request that has the key is still under way.
SELECT EXISTS (SELECT FROM quantum_ops.generation_claims WHERE user_id = :user AND idempotency_key = :key AND ends_at > :now)
