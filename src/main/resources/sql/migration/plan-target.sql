-- Which names that the migration makes are in use already, and by whom.
SELECT n.nspname || '.' || c.relname AS name, pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS owned
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname IN ('btc_trades', 'btc_hourly_snapshots', 'quantum_anomaly_logs',
      'prediction_accuracy_database', 'api_latency_reliability_logs', 'quantum_migration_log', 'atge_trade_signals_compat')
ORDER BY 1
