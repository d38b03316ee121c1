-- Sums of all trades by what the dashboard groups them by, so that its numbers cost the same at a million trades as at
-- ten. Kept by each validation run in the transaction that changes the trades; built anew when someone else changed them.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.trade_rollup (
    shard            smallint NOT NULL,
    judged           boolean NOT NULL,
    status           varchar(50) NOT NULL,
    timeframe        text NOT NULL,
    decile           smallint NOT NULL,
    trades           bigint NOT NULL,
    confidence_sum   bigint NOT NULL,
    brier_sum        numeric NOT NULL,
    base_trades      bigint NOT NULL,
    base_sum         numeric NOT NULL,
    profit_trades    bigint NOT NULL,
    profit_sum       numeric NOT NULL,
    gain_sum         numeric NOT NULL,
    loss_sum         numeric NOT NULL,
    PRIMARY KEY (shard, judged, status, timeframe, decile)
);
COMMENT ON COLUMN quantum_ops.trade_rollup.judged IS 'True: the status was given here, from candles; false: taken over from ATGE, or still open';
COMMENT ON COLUMN quantum_ops.trade_rollup.timeframe IS 'Empty when the trade has none';
COMMENT ON COLUMN quantum_ops.trade_rollup.decile IS 'Of the confidence: 0 is 0 to 9 %, 9 is 90 to 100 %; -1 when the trade states none';
COMMENT ON COLUMN quantum_ops.trade_rollup.brier_sum IS 'Squared difference of confidence and outcome, over HIT (1) and NOT_HIT and EXPIRED (0) with a confidence';
COMMENT ON COLUMN quantum_ops.trade_rollup.base_sum IS 'Chance that a price without direction reaches the first target before the stop: their distances alone decide';
COMMENT ON COLUMN quantum_ops.trade_rollup.loss_sum IS 'Negative profits, as a positive sum';

CREATE TABLE quantum_ops.profit_days (
    shard      smallint NOT NULL,
    day        date NOT NULL,
    trades     bigint NOT NULL,
    profit_sum numeric NOT NULL,
    PRIMARY KEY (shard, day)
);
COMMENT ON COLUMN quantum_ops.profit_days.day IS 'UTC day on which the trades ended';

-- What one trade adds to the sums.
CREATE VIEW quantum_ops.trade_contributions AS
SELECT t.id AS trade_id,
       t.user_id,
       o.trade_id IS NOT NULL AS judged,
       t.status,
       coalesce(t.timeframe, '') AS timeframe,
       CASE WHEN t.confidence_score IS NULL THEN -1 ELSE least(t.confidence_score / 10, 9) END::smallint AS decile,
       coalesce(t.confidence_score, 0) AS confidence,
       CASE WHEN t.status IN ('HIT', 'NOT_HIT', 'EXPIRED') AND t.confidence_score IS NOT NULL
            THEN (t.confidence_score / 100.0 - CASE t.status WHEN 'HIT' THEN 1 ELSE 0 END) ^ 2 ELSE 0 END AS brier,
       CASE WHEN t.status IN ('HIT', 'NOT_HIT', 'EXPIRED')
             AND sign(t.tp1_price - t.entry_optimal) = sign(t.entry_optimal - t.stop_loss_price)
             AND t.tp1_price <> t.entry_optimal
            THEN round((t.entry_optimal - t.stop_loss_price) / (t.tp1_price - t.stop_loss_price), 6) END AS base,
       o.profit_usd AS profit,
       o.ended_at
FROM public.btc_trades t
LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = t.id;
COMMENT ON VIEW quantum_ops.trade_contributions IS 'One row a trade: its part of quantum_ops.trade_rollup';
