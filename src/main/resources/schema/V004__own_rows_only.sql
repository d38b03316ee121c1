-- A signed-in database user sees own rows only. The program itself owns the tables, so policies do not bind it.
-- The caller's id is the claim "sub" that PostgREST (and so Supabase) puts into the session.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE FUNCTION quantum_ops.quantum_caller() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'), '')::uuid
$$;

ALTER TABLE public.btc_trades ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.btc_hourly_snapshots ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.quantum_anomaly_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.prediction_accuracy_database ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.api_latency_reliability_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.quantum_migration_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_trades ON public.btc_trades FOR SELECT USING (user_id = quantum_ops.quantum_caller());
CREATE POLICY own_snapshots ON public.btc_hourly_snapshots FOR SELECT
    USING (EXISTS (SELECT 1 FROM public.btc_trades t WHERE t.id = trade_id AND t.user_id = quantum_ops.quantum_caller()));
CREATE POLICY own_anomalies ON public.quantum_anomaly_logs FOR SELECT
    USING (EXISTS (SELECT 1 FROM public.btc_trades t WHERE t.id = trade_id AND t.user_id = quantum_ops.quantum_caller()));
CREATE POLICY own_calls ON public.api_latency_reliability_logs FOR SELECT USING (user_id = quantum_ops.quantum_caller());
-- No policy on the other two: nobody but the owner reads them.

DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'authenticated') THEN
        -- The policies call quantum_caller() without any right on its schema: they were resolved when they were made.
        GRANT SELECT ON public.btc_trades, public.btc_hourly_snapshots, public.quantum_anomaly_logs,
            public.api_latency_reliability_logs TO authenticated;
    END IF;
END $$;
