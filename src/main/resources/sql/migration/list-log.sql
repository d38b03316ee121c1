-- A page of the audit log in the order of its writing.
SELECT id, run_id, step, records_migrated, records_quarantined, migration_status, error_message, details::text AS details, started_at, completed_at
FROM public.quantum_migration_log
WHERE (:runId::uuid IS NULL OR run_id = :runId::uuid) AND (:step::text IS NULL OR step = :step::text) AND id > :after
ORDER BY id
LIMIT :limit
