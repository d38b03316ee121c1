-- Where a trade that ATGE did not write comes from. A row of btc_trades is either migrated (its id is in the legacy
-- table and its chunk is done) or listed here; anything else is a fault that the verification names.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.generated_trades (
    trade_id        uuid PRIMARY KEY REFERENCES public.btc_trades (id) ON DELETE CASCADE,
    user_id         uuid NOT NULL,
    idempotency_key text,
    seed            bigint,
    inputs          jsonb NOT NULL DEFAULT '{}',
    generated_at    timestamptz NOT NULL,
    UNIQUE (user_id, idempotency_key)
);

-- How a trade ended, and what was seen. Written by the judge in the statement that changes the trade's status, so a
-- migrated trade whose status differs from the legacy one has its reason here.
CREATE TABLE quantum_ops.trade_outcomes (
    trade_id       uuid PRIMARY KEY REFERENCES public.btc_trades (id) ON DELETE CASCADE,
    status         varchar(50) NOT NULL CHECK (status IN ('HIT', 'NOT_HIT', 'INVALIDATED', 'EXPIRED')),
    reason         text NOT NULL,
    entered_at     timestamptz,
    entry_price    numeric(20, 8),
    tp1_hit_at     timestamptz,
    tp2_hit_at     timestamptz,
    tp3_hit_at     timestamptz,
    stop_hit_at    timestamptz,
    exit_price     numeric(20, 8),
    profit_usd     numeric(20, 8),
    ambiguous      boolean NOT NULL DEFAULT false,
    single_venue   boolean NOT NULL DEFAULT false,
    judged_until   timestamptz NOT NULL,
    judged_at      timestamptz NOT NULL
);
