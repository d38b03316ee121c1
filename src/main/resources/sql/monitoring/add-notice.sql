INSERT INTO quantum_ops.alert_notices (alert_id, endpoint, kind, level, rule, subject, message, happened_at, due_at)
VALUES (:alertId::bigint, :endpoint, :kind, :level, :rule, :subject, :message, :now, :now)
