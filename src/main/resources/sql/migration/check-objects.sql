-- What btc_trades and its neighbours need beside their columns; one sentence each, true or false.
WITH trades AS (SELECT to_regclass('public.btc_trades') AS oid)
SELECT 'btc_trades has a valid index on ' || wanted AS sentence,
       EXISTS (SELECT FROM trades JOIN pg_index i ON i.indrelid = trades.oid
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
               WHERE i.indisvalid AND i.indisready AND i.indpred IS NULL AND i.indnkeyatts = 1 AND a.attname = wanted) AS ok
FROM unnest(ARRAY['user_id', 'status', 'generated_at', 'expires_at', 'symbol']) AS wanted
UNION ALL
SELECT 'btc_trades has the primary key id',
       EXISTS (SELECT FROM trades JOIN pg_constraint c ON c.conrelid = trades.oid AND c.contype = 'p'
               WHERE pg_get_constraintdef(c.oid) = 'PRIMARY KEY (id)')
UNION ALL
SELECT 'btc_trades refuses a ' || wanted || ' that is not allowed',
       EXISTS (SELECT FROM trades JOIN pg_constraint c ON c.conrelid = trades.oid AND c.contype = 'c' AND c.convalidated
               WHERE c.conkey = ARRAY[(SELECT attnum FROM pg_attribute a WHERE a.attrelid = trades.oid AND a.attname = wanted)])
FROM unnest(ARRAY['confidence_score', 'data_quality_score', 'status']) AS wanted
UNION ALL
SELECT 'btc_trades.user_id references users(id), deletes with its user, and the reference is validated',
       EXISTS (SELECT FROM trades JOIN pg_constraint c ON c.conrelid = trades.oid AND c.contype = 'f' AND c.convalidated
               WHERE c.confrelid = to_regclass('public.users') AND c.confdeltype = 'c'
                 AND pg_get_constraintdef(c.oid) LIKE 'FOREIGN KEY (user_id) REFERENCES %users(id)%')
UNION ALL
SELECT 'trigger ' || wanted.name || ' on ' || wanted.place || ' is there and enabled',
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass('public.' || wanted.place)
               AND t.tgname = wanted.name AND t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal)
FROM (VALUES ('quantum_set_updated_at', 'btc_trades'), ('quantum_delete_snapshots', 'btc_trades'),
             ('quantum_append_only', 'quantum_migration_log')) AS wanted (name, place)
UNION ALL
SELECT 'row level security is on for ' || wanted,
       coalesce((SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('public.' || wanted)), false)
FROM unnest(ARRAY['btc_trades', 'btc_hourly_snapshots', 'quantum_anomaly_logs', 'prediction_accuracy_database',
                  'api_latency_reliability_logs', 'quantum_migration_log']) AS wanted
UNION ALL
SELECT 'view atge_trade_signals_compat is there',
       EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.atge_trade_signals_compat') AND relkind = 'v')
UNION ALL
SELECT 'view atge_trade_signals_compat reads with its caller''s rights',
       EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.atge_trade_signals_compat')
               AND reloptions && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1'])
WHERE current_setting('server_version_num')::integer >= 150000
