-- With security_invoker the caller's own rights and row policies decide, so signed-in users may read the view; without
-- it (PostgreSQL 14) the view would show everybody's trades, so only its owner may, whatever default rights gave.
DO $$
DECLARE
    reader name;
BEGIN
    REVOKE ALL ON public.atge_trade_signals_compat FROM PUBLIC;
    FOR reader IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
        EXECUTE format('REVOKE ALL ON public.atge_trade_signals_compat FROM %I', reader);
        IF ${grant} AND reader = 'authenticated' THEN
            GRANT SELECT ON public.atge_trade_signals_compat TO authenticated;
        END IF;
    END LOOP;
END $$;
