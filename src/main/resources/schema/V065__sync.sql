-- The sync while both systems live: what legacy writers changed, how far it is applied, and what nobody may decide alone.
SET LOCAL lock_timeout = '${lock_timeout}';

-- Whoever applies, copies once more or resolves holds this row, so there is one of them in all processes.
CREATE TABLE quantum_ops.sync_control (
    id              integer PRIMARY KEY CHECK (id = 1),
    state           text NOT NULL DEFAULT 'OFF' CHECK (state IN ('OFF', 'ON', 'PAUSED')),
    installed_at    timestamptz,
    applied_until   timestamptz,
    last_applied_at timestamptz,
    failure         text,
    failed_at       timestamptz,
    capture_failure text,
    capture_failed_at timestamptz
) WITH (fillfactor = 20);
COMMENT ON COLUMN quantum_ops.sync_control.failure IS 'Why the sync does not go on, or that changes were not captured; NULL: all is well';
COMMENT ON COLUMN quantum_ops.sync_control.capture_failure IS 'A capture was lost; cleared by a whole verification that found nothing lost since';
INSERT INTO quantum_ops.sync_control (id) VALUES (1);

-- Ids of legacy rows that were written, in the writer's own transaction. The row itself is read when it is applied.
CREATE TABLE quantum_ops.change_queue (
    seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    legacy_id uuid,
    op        text NOT NULL CHECK (op IN ('I', 'U', 'D', 'T', 'V')),
    noted_at  timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON COLUMN quantum_ops.change_queue.op IS 'Insert, update, delete, truncate (without id), or found by the verification';

CREATE TABLE quantum_ops.capture_failures (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op       text NOT NULL,
    error    text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at  timestamptz
);

CREATE TABLE quantum_ops.sync_conflicts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trade_id    uuid NOT NULL,
    user_id     uuid,
    kind        text NOT NULL CHECK (kind IN ('CHANGED', 'DELETED', 'UNMAPPABLE')),
    atge        jsonb,
    quantum     jsonb,
    outcome     jsonb,
    history     jsonb NOT NULL DEFAULT '[]',
    state       text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'RESOLVED')),
    resolution  text CHECK (resolution IN ('quantum', 'atge', 'same')),
    found_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_by text,
    resolved_at timestamptz
);
COMMENT ON COLUMN quantum_ops.sync_conflicts.kind IS 'What ATGE did to a trade that Quantum owns';
COMMENT ON COLUMN quantum_ops.sync_conflicts.atge IS 'The legacy row as it is now; NULL when it was deleted';
COMMENT ON COLUMN quantum_ops.sync_conflicts.outcome IS 'The outcome that Quantum had written';
COMMENT ON COLUMN quantum_ops.sync_conflicts.history IS 'Earlier versions of the legacy row, oldest first';
CREATE UNIQUE INDEX one_open_conflict_a_trade ON quantum_ops.sync_conflicts (trade_id) WHERE state = 'OPEN';

CREATE TABLE quantum_ops.deleted_trades (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trade_id   uuid NOT NULL,
    user_id    uuid NOT NULL,
    trade      jsonb NOT NULL,
    outcome    jsonb,
    deleted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX deleted_trades_trade_id_idx ON quantum_ops.deleted_trades (trade_id);

-- Trades of Quantum that could not be written to the legacy table, with the reason; tried again from time to time.
CREATE TABLE quantum_ops.carry_failures (
    trade_id  uuid PRIMARY KEY,
    reason    text NOT NULL,
    attempts  integer NOT NULL DEFAULT 1,
    failed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

ALTER TABLE quantum_ops.generated_trades ADD COLUMN carried_at timestamptz;
ALTER TABLE quantum_ops.trade_outcomes ADD COLUMN carried_at timestamptz;
-- Which judgements belong into the legacy table: those that Quantum made as the owner of the trade. They are carried there
-- even when the trade's user has gone back to ATGE meanwhile.
ALTER TABLE quantum_ops.trade_outcomes ADD COLUMN owned boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN quantum_ops.trade_outcomes.owned IS 'Judged while both systems lived, so for a user whom Quantum served, or a trade that it made';
COMMENT ON COLUMN quantum_ops.generated_trades.carried_at IS 'When the trade was written to the legacy table; NULL: it is not there yet';
COMMENT ON COLUMN quantum_ops.trade_outcomes.carried_at IS 'When the status was written to the legacy table; NULL: it is not there yet';
CREATE INDEX generated_trades_to_carry_idx ON quantum_ops.generated_trades (trade_id) WHERE carried_at IS NULL;
CREATE INDEX trade_outcomes_to_carry_idx ON quantum_ops.trade_outcomes (trade_id) WHERE carried_at IS NULL;

CREATE TABLE quantum_ops.verification_rounds (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at         timestamptz,
    next_chunk          integer,
    segments            integer NOT NULL DEFAULT 0,
    rows_compared       bigint NOT NULL DEFAULT 0,
    differences         bigint NOT NULL DEFAULT 0,
    settled_differences bigint NOT NULL DEFAULT 0,
    detail              jsonb NOT NULL DEFAULT '[]'
);
COMMENT ON COLUMN quantum_ops.verification_rounds.finished_at IS 'NULL while the round still goes over the segments';
COMMENT ON COLUMN quantum_ops.verification_rounds.settled_differences IS 'Differences that no change on its way explains';
CREATE UNIQUE INDEX one_open_verification_round ON quantum_ops.verification_rounds ((true)) WHERE finished_at IS NULL;

-- True when the chunk that an id lies in has been copied: only then may a change of the row be applied.
CREATE FUNCTION quantum_ops.quantum_is_copied(legacy_id uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM quantum_ops.migration_chunks c WHERE c.state = 'DONE'
                   AND (c.lower_id IS NULL OR c.lower_id <= legacy_id) AND (c.upper_id IS NULL OR c.upper_id > legacy_id))
$$;

-- How far the sync is behind. What is to be carried back is not looked for while there is no sync: nothing is carried then.
CREATE VIEW quantum_ops.sync_lag AS
WITH judged AS MATERIALIZED (
    SELECT o.owned, t.user_id
    FROM quantum_ops.trade_outcomes o
    JOIN public.btc_trades t ON t.id = o.trade_id
    WHERE o.carried_at IS NULL
      AND (SELECT coalesce((SELECT c.state <> 'OFF' FROM quantum_ops.sync_control c WHERE c.id = 1), false))
      AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = o.trade_id AND g.carried_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM quantum_ops.sync_conflicts c WHERE c.trade_id = o.trade_id AND c.state = 'OPEN')
), served AS MATERIALIZED (
    -- Asked once a user: of many trades, most are of few users.
    SELECT u.user_id FROM (SELECT DISTINCT user_id FROM judged WHERE NOT owned) u WHERE quantum_ops.served_by_quantum(u.user_id)
)
SELECT (SELECT count(*) FROM quantum_ops.change_queue) AS pending,
       coalesce((SELECT round(extract(epoch FROM clock_timestamp() - q.noted_at)::numeric, 3)
                 FROM quantum_ops.change_queue q
                 WHERE q.legacy_id IS NULL
                    OR NOT EXISTS (SELECT 1 FROM quantum_ops.migration_chunks WHERE state <> 'DONE')
                       AND EXISTS (SELECT 1 FROM quantum_ops.migration_chunks)
                    OR quantum_ops.quantum_is_copied(q.legacy_id)
                 ORDER BY q.seq LIMIT 1), 0) AS lag_seconds,
       (SELECT count(*) FROM quantum_ops.sync_conflicts WHERE state = 'OPEN') AS open_conflicts,
       CASE WHEN coalesce((SELECT c.state FROM quantum_ops.sync_control c WHERE c.id = 1), 'OFF') = 'OFF' THEN 0
            ELSE (SELECT count(*) FROM quantum_ops.generated_trades WHERE carried_at IS NULL)
                 + (SELECT count(*) FROM judged j WHERE j.owned OR j.user_id IN (SELECT user_id FROM served))
       END AS carry_pending;

-- Called by the triggers on the legacy table. The writer needs no rights here, and is never made to fail: what cannot be
-- noted is left to the verification.
CREATE FUNCTION quantum_ops.quantum_capture() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    cause text;
BEGIN
    IF current_setting('quantum_btc.sync', true) = 'on' THEN
        RETURN NULL;
    END IF;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO quantum_ops.change_queue (legacy_id, op) SELECT id, 'I' FROM rows_after WHERE id IS NOT NULL;
        ELSIF TG_OP = 'UPDATE' THEN
            INSERT INTO quantum_ops.change_queue (legacy_id, op)
            SELECT id, 'U' FROM (SELECT id FROM rows_after UNION SELECT id FROM rows_before) both_sides WHERE id IS NOT NULL;
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO quantum_ops.change_queue (legacy_id, op) SELECT id, 'D' FROM rows_before WHERE id IS NOT NULL;
        ELSE
            INSERT INTO quantum_ops.change_queue (op) VALUES ('T');
        END IF;
    EXCEPTION WHEN OTHERS THEN
        cause := SQLSTATE || ' ' || SQLERRM;
        BEGIN
            INSERT INTO quantum_ops.capture_failures (op, error) VALUES (TG_OP, cause);
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING 'quantum-btc could not note a change of %.%: %', TG_TABLE_SCHEMA, TG_TABLE_NAME, cause;
        END;
    END;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION quantum_ops.quantum_capture() FROM PUBLIC;

-- What the sync brings over keeps the legacy row's own time of change.
CREATE OR REPLACE FUNCTION quantum_ops.quantum_set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at AND current_setting('quantum_btc.sync', true) IS DISTINCT FROM 'on' THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END $$;
