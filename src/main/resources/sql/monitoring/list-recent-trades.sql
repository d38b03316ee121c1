-- The newest trades of all users.
SELECT id, symbol, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, timeframe, confidence_score, status,
       generated_at, data_quality_score
FROM public.btc_trades
ORDER BY generated_at DESC
LIMIT 10
