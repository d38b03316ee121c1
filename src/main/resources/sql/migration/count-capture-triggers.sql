-- How many of our triggers on the legacy table work; one that is disabled does not.
SELECT count(*) FROM pg_catalog.pg_trigger
WHERE tgrelid = to_regclass(:table) AND NOT tgisinternal AND tgfoid = to_regproc('quantum_ops.quantum_capture')
  AND tgenabled IN ('O', 'A')
