-- The server-side way: the whole mapping as one statement; it alone must not meet a row that breaks a rule.
INSERT INTO btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp1_allocation, tp2_price,
    tp2_allocation, tp3_price, tp3_allocation, stop_loss_price, max_loss_percent, timeframe, timeframe_hours,
    confidence_score, quantum_reasoning, mathematical_justification, wave_pattern_collapse, data_quality_score,
    cross_api_proof, historical_triggers, status, generated_at, expires_at, created_at, updated_at)
SELECT id, user_id, symbol, entry_price, entry_price, entry_price, tp1_price, 50, tp2_price, 30, tp3_price, 20,
    stop_loss_price, stop_loss_percentage, timeframe, timeframe_hours, confidence_score,
    coalesce(ai_reasoning, 'Migrated from ATGE - Original AI analysis'),
    'Migrated from ATGE - Original entry price: ' || entry_price::numeric(20, 8)::text || ' USD',
    'CONTINUATION', 90, '{}', '[]',
    CASE status WHEN 'completed_success' THEN 'HIT' WHEN 'completed_failure' THEN 'NOT_HIT' WHEN 'expired' THEN 'EXPIRED' ELSE 'ACTIVE' END,
    generated_at, expires_at, created_at, updated_at
FROM atge_trade_signals
WHERE upper(btrim(symbol, E' \t\n\r')) IN ('BTC', 'XBT', 'BTCUSD', 'BTCUSDT', 'BTC-USD', 'BTC/USD', 'XBTUSD')
    AND entry_price > 0 AND tp1_price > 0 AND tp2_price > 0 AND tp3_price > 0 AND stop_loss_price > 0
    AND abs(stop_loss_percentage) < 1000 AND confidence_score BETWEEN 0 AND 100 AND isfinite(expires_at)
