-- Triggers that the migration put on the legacy table: those that call a function of our own schema.
SELECT format('%I', tgname) AS name, tgrelid::regclass::text AS table
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgparentid = 0
  AND p.pronamespace = 'quantum_ops'::regnamespace
  AND t.tgrelid = to_regclass(:legacy)
ORDER BY 1
