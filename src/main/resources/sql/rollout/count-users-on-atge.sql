-- Users who would be left without their system when ATGE's endpoints are gone.
SELECT count(*) FROM public.users u WHERE NOT quantum_ops.served_by_quantum(u.id)
