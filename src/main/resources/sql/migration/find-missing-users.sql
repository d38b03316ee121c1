-- Users of archived trades that are not there any more: their trades could not refer to them.
SELECT wanted.id FROM unnest(CAST(:users AS uuid[])) AS wanted (id)
WHERE NOT EXISTS (SELECT 1 FROM public.users u WHERE u.id = wanted.id)
