-- Newest first.
SELECT id, subject, old_value, new_value, outcome, changed_by, why, changed_at,
       ARRAY(SELECT jsonb_array_elements_text(gates)) AS gates
FROM quantum_ops.rollout_changes ORDER BY id DESC LIMIT 200
