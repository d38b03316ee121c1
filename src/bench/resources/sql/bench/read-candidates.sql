-- What the peers in Java read: the columns that the mapping needs, Bitcoin rows only.
SELECT id, user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price, stop_loss_percentage,
    timeframe, timeframe_hours, confidence_score, ai_reasoning, generated_at, expires_at, created_at, updated_at
FROM atge_trade_signals
WHERE upper(btrim(symbol, E' \t\n\r')) IN ('BTC', 'XBT', 'BTCUSD', 'BTCUSDT', 'BTC-USD', 'BTC/USD', 'XBTUSD')
