-- Who made a signal lately is asked at each look of the alerts.
SET LOCAL lock_timeout = '${lock_timeout}';
CREATE INDEX generated_trades_generated_at_idx ON quantum_ops.generated_trades (generated_at);
