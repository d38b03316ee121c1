-- What an archive holds and a rollback drops: our tables in public, and everything in our own schema.
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')
  AND (n.nspname = 'quantum_ops' OR n.nspname = 'public' AND c.relname = ANY (CAST(:public AS text[])))
ORDER BY n.nspname DESC, c.relname
