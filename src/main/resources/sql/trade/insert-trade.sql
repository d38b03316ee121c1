-- A generated trade, whole.
INSERT INTO public.btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp1_allocation, tp2_price,
       tp2_allocation, tp3_price, tp3_allocation, stop_loss_price, max_loss_percent, timeframe, timeframe_hours, confidence_score,
       quantum_reasoning, mathematical_justification, wave_pattern_collapse, data_quality_score, cross_api_proof,
       historical_triggers, status, generated_at, expires_at)
VALUES (:id, :user, :symbol, :entryMin, :entryMax, :entryOptimal, :tp1, :tp1Allocation, :tp2,
       :tp2Allocation, :tp3, :tp3Allocation, :stop, :maxLoss, :timeframe, :hours, :confidence,
       :reasoning, :justification, :pattern, :quality, :proof::jsonb,
       :triggers::jsonb, :status, :generatedAt, :expiresAt)
