-- Transactions that DDL on users or the legacy table would wait for, and any that has been open for long.
-- Another role's session hides when it began; then only its locks are known.
SELECT * FROM (
    SELECT a.pid, a.usename::text AS role, a.application_name AS application, a.state,
           extract(epoch FROM clock_timestamp() - a.xact_start)::bigint AS seconds,
           (SELECT string_agg(DISTINCT c.relname || ' ' || l.mode, ', ') FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
            WHERE l.pid = a.pid AND l.granted AND l.relation = ANY (CAST(:tables AS bigint[]))
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')) AS locks
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
    UNION ALL
    SELECT NULL, p.owner::text, 'prepared transaction ' || p.gid, 'prepared',
           extract(epoch FROM clock_timestamp() - p.prepared)::bigint,
           (SELECT string_agg(DISTINCT c.relname || ' ' || l.mode, ', ') FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
            WHERE l.pid IS NULL AND l.virtualtransaction LIKE '%/' || p.transaction::text
              AND l.relation = ANY (CAST(:tables AS bigint[])))
    FROM pg_prepared_xacts p WHERE p.database = current_database()
) transactions
WHERE seconds >= 60 OR locks IS NOT NULL AND coalesce(seconds, 2) >= 2
ORDER BY seconds DESC NULLS LAST
LIMIT 100
