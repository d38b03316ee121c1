-- Every change is on record, the refused ones too.
INSERT INTO quantum_ops.rollout_changes (subject, old_value, new_value, outcome, changed_by, why, gates, changed_at)
VALUES (:subject, :oldValue, :newValue, :outcome, :by, :why, CAST(:gates AS jsonb), :at)
