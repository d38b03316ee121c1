-- The operator takes note that these rows are not carried over, by name and with a reason.
UPDATE quantum_ops.migration_quarantine
SET state = 'ACCEPTED', accepted_by = :who, accepted_why = :why, accepted_at = clock_timestamp()
WHERE state = 'OPEN' AND (:reason::text IS NULL OR reason = :reason) AND (:ids::uuid[] IS NULL OR legacy_id = ANY (:ids::uuid[]))
