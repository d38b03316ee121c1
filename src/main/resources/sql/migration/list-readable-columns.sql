-- The columns of a table that we may read; none when it is not there.
SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = :schema AND c.relname = :table AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY a.attnum
