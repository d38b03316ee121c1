-- Keeps the whole original row and why it was not carried over.
INSERT INTO quantum_ops.migration_quarantine (legacy_id, reason, detail, original, run_id)
SELECT t.${id}, bad.reason, bad.detail, to_jsonb(t), :runId
FROM unnest(:ids::uuid[], :reasons::text[], :details::text[]) AS bad (id, reason, detail)
JOIN ${table} t ON t.${id} = bad.id
ON CONFLICT (legacy_id) DO UPDATE
SET reason = excluded.reason, detail = excluded.detail, original = excluded.original, run_id = excluded.run_id,
    quarantined_at = now(), state = 'OPEN', accepted_by = NULL, accepted_why = NULL, accepted_at = NULL
