-- Whose trade it is, for a role that may see every trade.
SELECT user_id FROM public.btc_trades WHERE id = :id
