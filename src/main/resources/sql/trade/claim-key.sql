-- Takes a key for one request; no row comes back while another request has it. One that never ended loses it in time.
INSERT INTO quantum_ops.generation_claims AS c (user_id, idempotency_key, claim_id, ends_at)
VALUES (:user, :key, :claim, :endsAt)
    ON CONFLICT (user_id, idempotency_key) DO UPDATE SET claim_id = excluded.claim_id, ends_at = excluded.ends_at
 WHERE c.ends_at <= :now
RETURNING claim_id
