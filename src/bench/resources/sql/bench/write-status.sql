-- The old backtest finishes a signal.
UPDATE atge_trade_signals SET status = 'completed_success', updated_at = now() WHERE id = ?
