-- The deepest fall of everybody's running profit, trade by trade in the order of their ends, without reading all trades:
-- a day's stretch is kept, and stretches can be joined.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.drawdown_days (
    day        date PRIMARY KEY,
    trades     bigint NOT NULL,
    profit_sum numeric NOT NULL,
    highest    numeric NOT NULL,
    lowest     numeric NOT NULL,
    deepest    numeric NOT NULL
);
COMMENT ON COLUMN quantum_ops.drawdown_days.day IS 'UTC day on which the trades ended';
COMMENT ON COLUMN quantum_ops.drawdown_days.highest IS 'That the running sum reached, from 0 at the day''s beginning';
COMMENT ON COLUMN quantum_ops.drawdown_days.deepest IS 'Fall below the highest point before, within the day';

CREATE INDEX trade_outcomes_ended_at_idx ON quantum_ops.trade_outcomes (ended_at) WHERE profit_usd IS NOT NULL;
