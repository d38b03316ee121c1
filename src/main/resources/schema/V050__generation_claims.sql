-- Requests with an idempotency key that are making their trade at this moment, so that a repeated one waits for the
-- first instead of making a second. A row ends with its request; that of a killed node ends with its time.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.generation_claims (
    user_id         uuid NOT NULL,
    idempotency_key text NOT NULL,
    claim_id        uuid NOT NULL,
    ends_at         timestamptz NOT NULL,
    PRIMARY KEY (user_id, idempotency_key)
);
