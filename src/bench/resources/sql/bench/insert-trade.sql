-- What the peers in Java write; the driver folds a batch of these into statements of many rows.
INSERT INTO btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp1_allocation, tp2_price,
    tp2_allocation, tp3_price, tp3_allocation, stop_loss_price, max_loss_percent, timeframe, timeframe_hours,
    confidence_score, quantum_reasoning, mathematical_justification, wave_pattern_collapse, data_quality_score,
    cross_api_proof, historical_triggers, status, generated_at, expires_at, created_at, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, 50, ?, 30, ?, 20, ?, ?, ?, ?, ?, ?, ?, 'CONTINUATION', 90, '{}', '[]', ?, ?, ?, ?, ?)
