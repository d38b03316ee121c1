-- Our triggers on the legacy table, whole or not.
SELECT tgname FROM pg_catalog.pg_trigger
WHERE tgrelid = to_regclass(:table) AND NOT tgisinternal AND tgfoid = to_regproc('quantum_ops.quantum_capture') ORDER BY 1
