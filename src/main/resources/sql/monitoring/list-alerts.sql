-- The open ones first, then the newest of the others.
SELECT a.id, a.rule, a.subject, a.level, a.message, a.fired_at, a.last_seen_at, a.resolved_at,
       (SELECT count(*) FROM quantum_ops.alert_notices n WHERE n.alert_id = a.id AND n.sent_at IS NULL) AS unsent
FROM quantum_ops.alerts a
ORDER BY a.resolved_at IS NOT NULL, a.fired_at DESC, a.id DESC
LIMIT 200
