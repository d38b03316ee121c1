-- Changes of the legacy table that its trigger could not note, and that nobody has looked at.
SELECT count(*) FROM quantum_ops.capture_failures WHERE seen_at IS NULL
