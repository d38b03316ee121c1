-- Of each rule and subject the newest alert: whether it is open, and since when it must not fire again.
SELECT DISTINCT ON (rule, subject) id, rule, subject, level, message, fired_at, last_seen_at, resolved_at, 0 AS unsent
FROM quantum_ops.alerts
ORDER BY rule, subject, fired_at DESC, id DESC
