-- A user generates a signal.
INSERT INTO atge_trade_signals (user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price,
    stop_loss_percentage, timeframe, timeframe_hours, confidence_score, risk_reward_ratio, market_condition, ai_reasoning,
    ai_model_version, generated_at, expires_at)
SELECT user_id, 'BTC', 'active', 1000, 1010, 1018, 1028, 992, 0.80, '1h', 1, 70, 1.25, 'trending', repeat('because ', 100),
    'gpt-4o', now(), now() + interval '1 hour'
FROM atge_trade_signals WHERE id = ?
