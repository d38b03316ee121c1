-- Signals that the paced writer works on: some thousand, spread over the key range.
SELECT id FROM atge_trade_signals WHERE id::text LIKE '__7_4%' LIMIT 5000
