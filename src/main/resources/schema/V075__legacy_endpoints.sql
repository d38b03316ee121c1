-- Whether the old endpoints answer. One row that every node reads.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.legacy_endpoints (
    id         integer PRIMARY KEY CHECK (id = 1),
    enabled    boolean NOT NULL,
    changed_by text,
    why        text,
    changed_at timestamptz NOT NULL
);
INSERT INTO quantum_ops.legacy_endpoints VALUES (1, true, NULL, NULL, now());
