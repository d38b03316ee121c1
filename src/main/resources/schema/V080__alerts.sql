-- Alerts, the notices that go out for them, and planned maintenance. One state for all nodes, so that one of them sends.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.alerts (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule         text NOT NULL,
    subject      text NOT NULL DEFAULT '',
    level        text NOT NULL CHECK (level IN ('CRITICAL', 'WARNING', 'INFO')),
    message      text NOT NULL,
    fired_at     timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    resolved_at  timestamptz
);
COMMENT ON COLUMN quantum_ops.alerts.subject IS 'What the rule looked at when it looks at several, such as a source; else empty';
COMMENT ON COLUMN quantum_ops.alerts.last_seen_at IS 'When the rule was last seen to hold';
CREATE UNIQUE INDEX one_open_alert ON quantum_ops.alerts (rule, subject) WHERE resolved_at IS NULL;
CREATE INDEX alerts_newest_idx ON quantum_ops.alerts (rule, subject, fired_at DESC);

CREATE TABLE quantum_ops.maintenance (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    what         text NOT NULL,
    planned_by   text NOT NULL,
    planned_at   timestamptz NOT NULL,
    announced_at timestamptz,
    cancelled_by text,
    cancelled_at timestamptz,
    recalled_at  timestamptz,
    CHECK (starts_at < ends_at)
);
COMMENT ON COLUMN quantum_ops.maintenance.recalled_at IS 'When those who were told of one that is cancelled were told so';
COMMENT ON COLUMN quantum_ops.maintenance.announced_at IS 'When the notice for the day before was made; NULL: not yet';

-- What is to be sent, a row an endpoint: an endpoint that fails is tried again without the others being told twice.
CREATE TABLE quantum_ops.alert_notices (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id    bigint REFERENCES quantum_ops.alerts (id) ON DELETE CASCADE,
    endpoint    text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('FIRED', 'RESOLVED', 'MAINTENANCE')),
    level       text NOT NULL,
    rule        text NOT NULL,
    subject     text NOT NULL,
    message     text NOT NULL,
    happened_at timestamptz NOT NULL,
    attempts    integer NOT NULL DEFAULT 0,
    due_at      timestamptz NOT NULL,
    sent_at     timestamptz,
    failure     text
);
COMMENT ON COLUMN quantum_ops.alert_notices.endpoint IS 'Hash of the endpoint''s URI, which may hold a password';
COMMENT ON COLUMN quantum_ops.alert_notices.due_at IS 'Not sent before; who takes it moves this on, so that no other node sends it meanwhile';
CREATE INDEX alert_notices_due_idx ON quantum_ops.alert_notices (due_at) WHERE sent_at IS NULL;
