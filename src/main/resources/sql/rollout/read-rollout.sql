-- The percentage, and how many users it really means.
SELECT r.percent, r.changed_at,
       (SELECT count(*) FROM public.users) AS users,
       (SELECT count(*) FROM public.users u WHERE quantum_ops.served_by_quantum(u.id)) AS on_quantum,
       (SELECT count(*) FROM quantum_ops.rollout_overrides) AS overrides
FROM quantum_ops.rollout r WHERE r.id = 1
