-- The newest trades of one user; a statement of its own, so that it is planned by the user and not by the time.
SELECT id, symbol, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, timeframe, confidence_score, status,
       generated_at, data_quality_score
FROM public.btc_trades
WHERE user_id = :user
ORDER BY generated_at DESC
LIMIT 10
