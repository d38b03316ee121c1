-- Whether schema quantum_ops is there, holds anything, and keeps the history that our DDL leaves.
SELECT n.oid IS NOT NULL AS present,
       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid) AS filled,
       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'flyway_schema_history') AS history,
       coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS may_use
FROM (SELECT) one LEFT JOIN pg_namespace n ON n.nspname = 'quantum_ops'
