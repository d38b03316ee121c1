-- The tables of a live ATGE deployment, with the trigger function that users and the signals share.
CREATE TABLE users (
    id         uuid PRIMARY KEY,
    email      varchar(255) NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE atge_trade_signals (
    id                   uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id              uuid NOT NULL,
    symbol               varchar(10) NOT NULL,
    status               varchar(50) NOT NULL DEFAULT 'active',
    entry_price          numeric(20, 8),
    tp1_price            numeric(20, 8),
    tp1_allocation       numeric(5, 2) DEFAULT 40,
    tp2_price            numeric(20, 8),
    tp2_allocation       numeric(5, 2) DEFAULT 30,
    tp3_price            numeric(20, 8),
    tp3_allocation       numeric(5, 2) DEFAULT 30,
    stop_loss_price      numeric(20, 8),
    stop_loss_percentage numeric(10, 2),
    timeframe            varchar(10) NOT NULL,
    timeframe_hours      integer NOT NULL,
    confidence_score     integer,
    risk_reward_ratio    numeric(10, 2),
    market_condition     varchar(50),
    ai_reasoning         text,
    ai_model_version     varchar(50),
    generated_at         timestamptz NOT NULL DEFAULT now(),
    expires_at           timestamptz NOT NULL,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now()
);
