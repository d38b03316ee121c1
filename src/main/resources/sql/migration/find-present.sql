-- What a restore would collide with: a table or view under one of our names, or anything in our schema.
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'quantum_ops' AND c.relkind IN ('r', 'p', 'v', 'm')
   OR n.nspname = 'public' AND (c.relname = ANY (CAST(:public AS text[])) OR c.relname = 'atge_trade_signals_compat')
ORDER BY 1
LIMIT 20
