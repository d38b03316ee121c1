-- Why a trade of Quantum is not in the legacy table.
INSERT INTO quantum_ops.carry_failures AS f (trade_id, reason) VALUES (:id, :reason)
ON CONFLICT (trade_id) DO UPDATE SET reason = excluded.reason, attempts = f.attempts + 1, failed_at = clock_timestamp()
