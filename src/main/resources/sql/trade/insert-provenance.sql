-- What a generated trade was made from; this row is also what tells it from a migrated one.
INSERT INTO quantum_ops.generated_trades (trade_id, user_id, idempotency_key, seed, inputs, generated_at)
VALUES (:id, :user, :key, :seed, :inputs::jsonb, :generatedAt)
