-- The six tables of Quantum BTC. Foreign keys to users follow in a file of their own, so that no lock on users
-- is held while tables and indexes are made.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE FUNCTION quantum_ops.quantum_set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A value that the statement sets itself stays: a migrated row keeps the time that ATGE gave it.
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION quantum_ops.quantum_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP;
END $$;

CREATE TABLE public.btc_trades (
    id                         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id                    uuid NOT NULL,
    symbol                     varchar(10) NOT NULL DEFAULT 'BTC',
    entry_min                  numeric(20, 8) NOT NULL,
    entry_max                  numeric(20, 8) NOT NULL,
    entry_optimal              numeric(20, 8) NOT NULL,
    tp1_price                  numeric(20, 8) NOT NULL,
    tp1_allocation             integer NOT NULL DEFAULT 50,
    tp2_price                  numeric(20, 8) NOT NULL,
    tp2_allocation             integer NOT NULL DEFAULT 30,
    tp3_price                  numeric(20, 8) NOT NULL,
    tp3_allocation             integer NOT NULL DEFAULT 20,
    stop_loss_price            numeric(20, 8) NOT NULL,
    max_loss_percent           numeric(5, 2) NOT NULL,
    timeframe                  varchar(10),
    timeframe_hours            integer,
    confidence_score           integer CHECK (confidence_score BETWEEN 0 AND 100),
    quantum_reasoning          text NOT NULL,
    mathematical_justification text NOT NULL,
    wave_pattern_collapse      varchar(50) NOT NULL DEFAULT 'CONTINUATION',
    data_quality_score         integer CHECK (data_quality_score BETWEEN 0 AND 100),
    cross_api_proof            jsonb NOT NULL DEFAULT '{}',
    historical_triggers        jsonb NOT NULL DEFAULT '[]',
    status                     varchar(50) NOT NULL DEFAULT 'ACTIVE'
                               CHECK (status IN ('ACTIVE', 'HIT', 'NOT_HIT', 'INVALIDATED', 'EXPIRED')),
    generated_at               timestamptz NOT NULL,
    expires_at                 timestamptz NOT NULL,
    last_validated_at          timestamptz,
    created_at                 timestamptz NOT NULL DEFAULT now(),
    updated_at                 timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX btc_trades_user_id_idx ON public.btc_trades (user_id);
CREATE INDEX btc_trades_status_idx ON public.btc_trades (status);
CREATE INDEX btc_trades_generated_at_idx ON public.btc_trades (generated_at DESC);
CREATE INDEX btc_trades_expires_at_idx ON public.btc_trades (expires_at);
CREATE INDEX btc_trades_symbol_idx ON public.btc_trades (symbol);
CREATE TRIGGER quantum_set_updated_at BEFORE UPDATE ON public.btc_trades
    FOR EACH ROW EXECUTE FUNCTION quantum_ops.quantum_set_updated_at();

-- One row a trade and hour. Unknown values are NULL. No foreign key: checking it would lock, and so dirty, the row of
-- every open trade each hour; a delete of trades takes their snapshots along instead.
CREATE TABLE public.btc_hourly_snapshots (
    trade_id                  uuid NOT NULL,
    snapshot_at               timestamptz NOT NULL,
    price                     numeric(20, 8),
    volume_24h                numeric(30, 2),
    market_cap                numeric(30, 2),
    mempool_size              integer,
    whale_transactions        integer,
    difficulty                numeric(30, 2),
    sentiment_score           integer CHECK (sentiment_score BETWEEN 0 AND 100),
    social_dominance          numeric(5, 2),
    deviation_from_prediction numeric(10, 4),
    phase_shift_detected      boolean,
    data_quality_score        integer CHECK (data_quality_score BETWEEN 0 AND 100),
    created_at                timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (trade_id, snapshot_at)
);
COMMENT ON COLUMN public.btc_hourly_snapshots.snapshot_at IS 'The full hour (UTC) that the snapshot belongs to';
CREATE INDEX btc_hourly_snapshots_snapshot_at_idx ON public.btc_hourly_snapshots USING brin (snapshot_at);

CREATE FUNCTION quantum_ops.quantum_delete_snapshots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public.btc_hourly_snapshots s USING gone WHERE s.trade_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER quantum_delete_snapshots AFTER DELETE ON public.btc_trades
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION quantum_ops.quantum_delete_snapshots();

CREATE TABLE public.quantum_anomaly_logs (
    id                          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    anomaly_type                varchar(100) NOT NULL,
    severity                    varchar(20) NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'ERROR', 'FATAL')),
    description                 text NOT NULL,
    affected_sources            jsonb NOT NULL DEFAULT '[]',
    impact                      text NOT NULL,
    system_suspended            boolean NOT NULL DEFAULT false,
    suspension_duration_minutes integer,
    resolution_action           text,
    trade_id                    uuid REFERENCES public.btc_trades (id) ON DELETE SET NULL,
    market_conditions           jsonb,
    detected_at                 timestamptz NOT NULL DEFAULT now(),
    resolved_at                 timestamptz,
    created_at                  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX quantum_anomaly_logs_detected_at_idx ON public.quantum_anomaly_logs (detected_at DESC);
CREATE INDEX quantum_anomaly_logs_trade_id_idx ON public.quantum_anomaly_logs (trade_id) WHERE trade_id IS NOT NULL;

CREATE TABLE public.prediction_accuracy_database (
    id                          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    total_trades                integer NOT NULL,
    trades_hit                  integer NOT NULL,
    trades_not_hit              integer NOT NULL,
    trades_invalidated          integer NOT NULL,
    trades_expired              integer NOT NULL,
    overall_accuracy_rate       numeric(5, 2),
    average_confidence_winning  numeric(5, 2),
    average_confidence_losing   numeric(5, 2),
    average_deviation_score     numeric(10, 4),
    accuracy_1h                 numeric(5, 2),
    accuracy_4h                 numeric(5, 2),
    accuracy_1d                 numeric(5, 2),
    accuracy_1w                 numeric(5, 2),
    average_data_quality        numeric(5, 2),
    api_reliability_cmc         numeric(5, 2),
    api_reliability_coingecko   numeric(5, 2),
    api_reliability_kraken      numeric(5, 2),
    api_reliability_blockchain  numeric(5, 2),
    api_reliability_lunarcrush  numeric(5, 2),
    total_anomalies             integer NOT NULL,
    fatal_anomalies             integer NOT NULL,
    system_suspensions          integer NOT NULL,
    period_start                timestamptz NOT NULL,
    period_end                  timestamptz NOT NULL,
    created_at                  timestamptz NOT NULL DEFAULT now(),
    updated_at                  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (period_start, period_end)
);

CREATE TABLE public.api_latency_reliability_logs (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    api_name            varchar(50) NOT NULL,
    endpoint            varchar(255) NOT NULL,
    http_method         varchar(10) NOT NULL,
    response_time_ms    integer,
    status_code         integer,
    success             boolean NOT NULL,
    error_message       text,
    error_type          varchar(50),
    retry_count         integer NOT NULL DEFAULT 0,
    response_size_bytes integer,
    user_id             uuid,
    trade_id            uuid,
    called_at           timestamptz NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX api_latency_reliability_logs_called_at_idx ON public.api_latency_reliability_logs USING brin (called_at);

-- Append-only. Each row is committed on its own, so that it survives what it reports on.
CREATE TABLE public.quantum_migration_log (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_name      varchar(100) NOT NULL,
    migration_version   varchar(50) NOT NULL,
    run_id              uuid,
    step                varchar(100) NOT NULL,
    records_migrated    bigint,
    records_quarantined bigint,
    migration_status    varchar(50) NOT NULL,
    error_message       text,
    details             jsonb NOT NULL DEFAULT '{}',
    started_at          timestamptz NOT NULL,
    completed_at        timestamptz,
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX quantum_migration_log_run_id_idx ON public.quantum_migration_log (run_id, id);
CREATE TRIGGER quantum_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.quantum_migration_log
    FOR EACH STATEMENT EXECUTE FUNCTION quantum_ops.quantum_refuse_change();
