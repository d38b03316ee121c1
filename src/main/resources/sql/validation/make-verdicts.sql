-- Verdicts of one shard on their way into the tables; gone with the transaction.
CREATE TEMPORARY TABLE verdicts (
    trade_id     uuid NOT NULL,
    known        boolean NOT NULL,
    old_status   varchar(50) NOT NULL,
    status       varchar(50) NOT NULL,
    reason       text,
    came_from    text,
    entered_at   timestamptz,
    entry_price  numeric(20, 8),
    tp1_hit_at   timestamptz,
    tp2_hit_at   timestamptz,
    tp3_hit_at   timestamptz,
    stop_hit_at  timestamptz,
    exit_price   numeric(20, 8),
    profit_usd   numeric(20, 8),
    ambiguous    boolean NOT NULL,
    single_venue boolean NOT NULL,
    ended_at     timestamptz,
    failed_mark  timestamptz
) ON COMMIT DROP
