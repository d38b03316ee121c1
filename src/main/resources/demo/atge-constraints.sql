-- Keys, indexes and triggers, made after the rows because that takes half the time.
ALTER TABLE atge_trade_signals ADD CONSTRAINT atge_trade_signals_pkey PRIMARY KEY (id);
ALTER TABLE atge_trade_signals ADD CONSTRAINT atge_trade_signals_user_id_fkey
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
CREATE INDEX idx_atge_trade_signals_user_id ON atge_trade_signals (user_id);
CREATE INDEX idx_atge_trade_signals_status ON atge_trade_signals (status);
CREATE INDEX idx_atge_trade_signals_generated_at ON atge_trade_signals (generated_at DESC);

CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END $$;
CREATE TRIGGER update_users_updated_at BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_atge_trade_signals_updated_at BEFORE UPDATE ON atge_trade_signals
    FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

ANALYZE users, atge_trade_signals;
