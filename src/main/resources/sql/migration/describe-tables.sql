-- What an archive has to know of a table to copy its rows out and, should Flyway not make it, to make it again.
SELECT n.nspname AS schema, c.relname AS name, a.attname AS column_name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
       array_position(k.conkey, a.attnum) AS key_position
FROM unnest(CAST(:tables AS text[])) WITH ORDINALITY AS wanted (name, place)
JOIN pg_catalog.pg_class c ON c.oid = wanted.name::regclass AND c.relkind = 'r'
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
ORDER BY wanted.place, a.attnum
