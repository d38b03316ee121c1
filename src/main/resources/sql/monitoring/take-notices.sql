-- What is due is taken for a while. Who dies while sending leaves it to be taken again, so it is told twice rather than never.
UPDATE quantum_ops.alert_notices n SET due_at = :again, attempts = n.attempts + 1
WHERE n.id IN (SELECT id FROM quantum_ops.alert_notices
               WHERE sent_at IS NULL AND due_at <= :now AND endpoint = ANY (:endpoints)
               ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED)
RETURNING n.id, n.endpoint, n.kind, n.level, n.rule, n.subject, n.message, n.happened_at, n.attempts
