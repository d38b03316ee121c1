-- The newest entries of the audit log, newest first; of one step, or of all.
SELECT id, run_id, step, records_migrated, records_quarantined, migration_status, error_message, details::text AS details, started_at, completed_at
FROM public.quantum_migration_log
WHERE (:runId::uuid IS NULL OR run_id = :runId::uuid) AND (:step::text IS NULL OR step = :step::text)
ORDER BY id DESC
LIMIT :limit
