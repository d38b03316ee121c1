-- What judging keeps of itself. An open trade's row in btc_trades is not rewritten each hour: where judging stands is
-- kept per shard of ids, and what is known of a single open trade in a narrow row that changes only when something happens.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.validation_runs (
    run_id             uuid PRIMARY KEY,
    state              text NOT NULL CHECK (state IN ('RUNNING', 'FINISHED', 'FAILED', 'ABANDONED')),
    who                text NOT NULL,
    process            text NOT NULL,
    started_at         timestamptz NOT NULL,
    heartbeat_at       timestamptz NOT NULL,
    finished_at        timestamptz,
    judged_until       timestamptz,
    trades_validated   bigint NOT NULL DEFAULT 0,
    trades_hit         bigint NOT NULL DEFAULT 0,
    trades_not_hit     bigint NOT NULL DEFAULT 0,
    trades_invalidated bigint NOT NULL DEFAULT 0,
    trades_expired     bigint NOT NULL DEFAULT 0,
    snapshots          bigint NOT NULL DEFAULT 0,
    anomalies          bigint NOT NULL DEFAULT 0,
    failed_trades      bigint NOT NULL DEFAULT 0,
    errors             text[] NOT NULL DEFAULT '{}'
);
COMMENT ON COLUMN quantum_ops.validation_runs.who IS 'What started it: timer, rest or command';
COMMENT ON COLUMN quantum_ops.validation_runs.heartbeat_at IS 'When silent for validation.lease-seconds, another run takes over';
CREATE UNIQUE INDEX one_open_validation_run ON quantum_ops.validation_runs ((true)) WHERE state = 'RUNNING';
CREATE INDEX validation_runs_started_at_idx ON quantum_ops.validation_runs (started_at DESC);

-- A shard is the key range first_id <= id <= last_id. It commits on its own, so a killed run loses at most the shards it
-- had not finished, and none is judged twice.
CREATE TABLE quantum_ops.validation_shards (
    shard           smallint PRIMARY KEY,
    first_id        uuid NOT NULL,
    last_id         uuid NOT NULL,
    judged_until    timestamptz,
    snapshots_until timestamptz
);
COMMENT ON COLUMN quantum_ops.validation_shards.judged_until IS 'Candles that end by then were looked at for every trade of open_trades without a mark of its own';
COMMENT ON COLUMN quantum_ops.validation_shards.snapshots_until IS 'Newest hour that has its snapshots';
INSERT INTO quantum_ops.validation_shards (shard, first_id, last_id) VALUES
    (0, '00000000-0000-0000-0000-000000000000', '3fffffff-ffff-ffff-ffff-ffffffffffff'),
    (1, '40000000-0000-0000-0000-000000000000', '7fffffff-ffff-ffff-ffff-ffffffffffff'),
    (2, '80000000-0000-0000-0000-000000000000', 'bfffffff-ffff-ffff-ffff-ffffffffffff'),
    (3, 'c0000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff');

-- Trades that were judged at least once and can still change: ACTIVE ones, and HIT ones until their last part is closed.
-- No foreign key, for the reason given at btc_hourly_snapshots; deleted together with the trade.
CREATE TABLE quantum_ops.open_trades (
    trade_id      uuid PRIMARY KEY,
    status        varchar(50) NOT NULL CHECK (status IN ('ACTIVE', 'HIT')),
    judged_until  timestamptz,
    came_from     text CHECK (came_from IN ('WINNING', 'INSIDE', 'LOSING')),
    entered_at    timestamptz,
    entry_price   numeric(20, 8),
    tp1_hit_at    timestamptz,
    tp2_hit_at    timestamptz,
    tp3_hit_at    timestamptz,
    ambiguous     boolean NOT NULL DEFAULT false,
    single_venue  boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN quantum_ops.open_trades.judged_until IS 'Own mark of a trade that could not be judged last time; NULL: the mark of its shard holds';

CREATE FUNCTION quantum_ops.quantum_delete_open_trades() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM quantum_ops.open_trades o USING gone WHERE o.trade_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER quantum_delete_open_trades AFTER DELETE ON public.btc_trades
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION quantum_ops.quantum_delete_open_trades();

ALTER TABLE quantum_ops.trade_outcomes ADD COLUMN ended_at timestamptz;
COMMENT ON COLUMN quantum_ops.trade_outcomes.ended_at IS 'When nothing more could happen: stop, last target or expiry; NULL while a HIT trade still has an open part';
COMMENT ON COLUMN quantum_ops.trade_outcomes.entry_price IS 'Price the position was opened at: the edge of the entry zone that was touched, or the open of the candle within it';
COMMENT ON COLUMN quantum_ops.trade_outcomes.exit_price IS 'Weighted by allocation over all parts; NULL while one is open or when the price at expiry is unknown';
COMMENT ON COLUMN quantum_ops.trade_outcomes.profit_usd IS 'For $1,000 a trade: 1000 * (exit / entry - 1), sign by direction, less 0.2 % of what is bought and of what is sold';

-- The market at each full hour, as the snapshots of that hour have it; the phase shift and buy-and-hold are computed from it.
CREATE TABLE quantum_ops.market_hours (
    hour               timestamptz PRIMARY KEY,
    taken_at           timestamptz NOT NULL,
    price              numeric(20, 8) NOT NULL,
    volume_24h         numeric(30, 2),
    market_cap         numeric(30, 2),
    mempool_size       integer,
    whale_transactions integer,
    difficulty         numeric(30, 2),
    sentiment_score    integer,
    social_dominance   numeric(5, 2),
    data_quality_score integer,
    phase_shift        boolean
);
COMMENT ON COLUMN quantum_ops.market_hours.taken_at IS 'When the price was true: the full hour for an hour caught up from candles, else the time of the validation';
COMMENT ON COLUMN quantum_ops.market_hours.phase_shift IS 'The slope of the last three hourly prices and that of the three before have opposite signs; NULL when one of the six is missing';

-- Each run looks whether its hour was written already; without summaries of the newest pages it would read them all.
ALTER INDEX public.btc_hourly_snapshots_snapshot_at_idx SET (autosummarize = on);
