-- Which system serves which user, and so who owns the user's trades.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.rollout (
    id         integer PRIMARY KEY CHECK (id = 1),
    percent    integer NOT NULL CHECK (percent BETWEEN 0 AND 100),
    changed_at timestamptz NOT NULL
);
COMMENT ON COLUMN quantum_ops.rollout.percent IS 'A user whose bucket is below it is served by Quantum';
INSERT INTO quantum_ops.rollout VALUES (1, 0, now());

CREATE TABLE quantum_ops.rollout_overrides (
    user_id uuid PRIMARY KEY,
    system  text NOT NULL CHECK (system IN ('QUANTUM', 'ATGE')),
    set_by  text NOT NULL,
    set_at  timestamptz NOT NULL
);

-- Every change, and every refused one. Append-only.
CREATE TABLE quantum_ops.rollout_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject    text NOT NULL,
    old_value  text,
    new_value  text NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('CHANGED', 'OVERRIDDEN', 'REFUSED', 'STEPPED_BACK')),
    changed_by text NOT NULL,
    why        text,
    gates      jsonb NOT NULL DEFAULT '[]',
    changed_at timestamptz NOT NULL
);
COMMENT ON COLUMN quantum_ops.rollout_changes.subject IS 'percent, or user and the user''s id';
COMMENT ON COLUMN quantum_ops.rollout_changes.gates IS 'The gates that were outside their limits when it was asked for';

-- 0 to 99, from the first 60 bits of a SHA-256: the same on every node and server version, and unrelated to the order
-- of ids. The class rollout.Bucket states the same for Java.
CREATE FUNCTION quantum_ops.rollout_bucket(user_id uuid) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT (('x' || substr(encode(sha256(convert_to('quantum-btc rollout ' || user_id::text, 'UTF8')), 'hex'), 1, 15))::bit(60)::bigint % 100)::integer $$;

CREATE FUNCTION quantum_ops.served_by_quantum(who uuid) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS $$
    SELECT coalesce((SELECT o.system = 'QUANTUM' FROM quantum_ops.rollout_overrides o WHERE o.user_id = who),
                    quantum_ops.rollout_bucket(who) < (SELECT r.percent FROM quantum_ops.rollout r WHERE r.id = 1))
    $$;
