-- A judgement that is carried back writes over ATGE's word for the status; the word stays known.
SET LOCAL lock_timeout = '${lock_timeout}';

ALTER TABLE quantum_ops.trade_outcomes ADD COLUMN atge_status text;
COMMENT ON COLUMN quantum_ops.trade_outcomes.atge_status IS 'The legacy row''s status before this judgement was carried there; NULL: it was not, or there was none';
