-- An alert that was sent while the database could not be written to, for the record.
INSERT INTO quantum_ops.alerts (rule, subject, level, message, fired_at, last_seen_at, resolved_at)
VALUES (:rule, :subject, :level, :message, :firedAt, :resolvedAt, :resolvedAt)
