-- What the migration keeps of itself: runs, chunks with their checkpoint, workers with their heartbeat, quarantine.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.migration_runs (
    run_id             uuid PRIMARY KEY,
    source_table       text NOT NULL,
    state              text NOT NULL CHECK (state IN ('RUNNING', 'CANCELLED', 'FAILED', 'COMPLETED')),
    wanted             text NOT NULL DEFAULT 'RUN' CHECK (wanted IN ('RUN', 'PAUSE', 'CANCEL')),
    step               text NOT NULL,
    host               text NOT NULL,
    pid                bigint NOT NULL,
    process_started_at timestamptz NOT NULL,
    workers            integer NOT NULL,
    throttle_factor    numeric(6, 2),
    rows_per_second    integer,
    deferred_indexes   boolean NOT NULL DEFAULT false,
    candidate_rows     bigint,
    rows_done          bigint NOT NULL DEFAULT 0,
    rate               numeric(12, 1),
    throttle_reason    text,
    progressed_at      timestamptz NOT NULL,
    failure            text,
    started_at         timestamptz NOT NULL,
    heartbeat_at       timestamptz NOT NULL,
    finished_at        timestamptz
);
COMMENT ON COLUMN quantum_ops.migration_runs.throttle_factor IS 'Allowed commit latency as a multiple of the idle one; NULL: never throttled';
COMMENT ON COLUMN quantum_ops.migration_runs.rows_per_second IS 'Upper bound for all workers together; NULL: none';
COMMENT ON COLUMN quantum_ops.migration_runs.rows_done IS 'Rows read by this run so far, quarantined ones included, chunks under way included';
COMMENT ON COLUMN quantum_ops.migration_runs.rate IS 'Rows a second over the last seconds';
COMMENT ON COLUMN quantum_ops.migration_runs.deferred_indexes IS 'True while the secondary indexes of btc_trades are absent because this run builds them after the load';
CREATE UNIQUE INDEX one_open_migration_run ON quantum_ops.migration_runs ((true)) WHERE state = 'RUNNING';

CREATE TABLE quantum_ops.migration_workers (
    worker_id    uuid PRIMARY KEY,
    run_id       uuid NOT NULL REFERENCES quantum_ops.migration_runs (run_id),
    heartbeat_at timestamptz NOT NULL
);

-- One row that the throttle updates to feel what a small commit costs right now.
CREATE TABLE quantum_ops.throttle_probe (
    id      integer PRIMARY KEY CHECK (id = 1),
    beat_at timestamptz NOT NULL
) WITH (fillfactor = 10);
INSERT INTO quantum_ops.throttle_probe VALUES (1, now());

-- A chunk is the key range lower_id <= id < upper_id; NULL is open. Together the chunks cover every possible id.
CREATE TABLE quantum_ops.migration_chunks (
    chunk_no         integer PRIMARY KEY,
    lower_id         uuid,
    upper_id         uuid,
    state            text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'DONE')),
    owner            uuid,
    backend_pid      integer,
    fence            bigint NOT NULL DEFAULT 0,
    rows_migrated    bigint NOT NULL DEFAULT 0,
    rows_quarantined bigint NOT NULL DEFAULT 0,
    attempts         integer NOT NULL DEFAULT 0,
    run_id           uuid REFERENCES quantum_ops.migration_runs (run_id),
    started_at       timestamptz,
    finished_at      timestamptz,
    error            text
);
COMMENT ON COLUMN quantum_ops.migration_chunks.owner IS 'The worker that leased it; the lease holds while that worker''s heartbeat is fresh';
COMMENT ON COLUMN quantum_ops.migration_chunks.fence IS 'Grows with each lease; a checkpoint is taken only with the newest';

CREATE TABLE quantum_ops.migration_quarantine (
    legacy_id      uuid PRIMARY KEY,
    reason         text NOT NULL,
    detail         text NOT NULL,
    original       jsonb NOT NULL,
    state          text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ACCEPTED')),
    run_id         uuid NOT NULL,
    quarantined_at timestamptz NOT NULL DEFAULT now(),
    accepted_by    text,
    accepted_why   text,
    accepted_at    timestamptz
);
CREATE INDEX migration_quarantine_reason_idx ON quantum_ops.migration_quarantine (reason);
