-- A page of quarantined rows, by id.
SELECT legacy_id, reason, detail, original::text AS original, state, run_id, quarantined_at, accepted_by, accepted_why, accepted_at
FROM quantum_ops.migration_quarantine
WHERE (:reason::text IS NULL OR reason = :reason) AND (:after::uuid IS NULL OR legacy_id > :after::uuid)
ORDER BY legacy_id
LIMIT :limit
