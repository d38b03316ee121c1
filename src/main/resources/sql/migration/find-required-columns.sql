-- Columns that must have a value and get none by themselves, and those that take none.
SELECT attname AS name, attgenerated <> '' OR attidentity = 'a' AS refuses
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped
  AND (attgenerated <> '' OR attidentity = 'a' OR attnotnull AND NOT atthasdef AND attidentity = '')
