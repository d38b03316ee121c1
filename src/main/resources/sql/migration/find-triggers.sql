-- Triggers that must not act on rows which come back from an archive, and how each is to be switched on again.
SELECT tgrelid::regclass::text AS table, format('%I', tgname) AS name,
       CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END AS mode
FROM pg_catalog.pg_trigger
WHERE tgrelid = ANY (CAST(:tables AS text[])::regclass[]) AND NOT tgisinternal AND tgenabled <> 'D'
ORDER BY 1, 2
