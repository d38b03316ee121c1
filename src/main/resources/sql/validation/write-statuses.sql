-- Only rows whose status changes are touched; one that somebody else changed meanwhile is left alone.
UPDATE public.btc_trades t
SET status = v.status, last_validated_at = :now
FROM verdicts v
WHERE t.id = v.trade_id AND v.status <> v.old_status AND t.status = v.old_status
