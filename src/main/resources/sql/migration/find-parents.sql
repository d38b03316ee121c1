-- Which of these tables refers to which: a table is loaded after those that it refers to.
SELECT DISTINCT cn.nspname AS child_schema, child.relname AS child, pn.nspname AS parent_schema, parent.relname AS parent
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class child ON child.oid = k.conrelid
JOIN pg_catalog.pg_namespace cn ON cn.oid = child.relnamespace
JOIN pg_catalog.pg_class parent ON parent.oid = k.confrelid
JOIN pg_catalog.pg_namespace pn ON pn.oid = parent.relnamespace
WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
  AND k.conrelid = ANY (CAST(:tables AS text[])::regclass[]) AND k.confrelid = ANY (CAST(:tables AS text[])::regclass[])
