-- Of two nodes that see the same, one opens the alert; the other gets no row back.
INSERT INTO quantum_ops.alerts (rule, subject, level, message, fired_at, last_seen_at)
VALUES (:rule, :subject, :level, :message, :now, :now)
ON CONFLICT (rule, subject) WHERE resolved_at IS NULL DO NOTHING
RETURNING id
