-- A table as our role sees it: its kind, owner, rights, policies and size. Found in the catalogue, so that one without rights is seen too.
SELECT c.oid::bigint AS oid, c.relkind::text AS kind,
       pg_get_userbyid(c.relowner) AS owner,
       pg_has_role(c.relowner, 'USAGE') AS owned,
       has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS may_select,
       has_table_privilege(c.oid, 'TRIGGER') AS may_trigger,
       has_table_privilege(c.oid, 'REFERENCES') OR has_any_column_privilege(c.oid, 'REFERENCES') AS may_reference,
       row_security_active(c.oid) AS rows_hidden,
       (SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attname = 'id' AND NOT a.attisdropped) AS id_type,
       EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
               WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1 AND i.indpred IS NULL
                 AND a.attname = 'id') AS id_unique,
       coalesce((SELECT sum(pg_table_size(relid)) FROM pg_partition_tree(c.oid)), pg_table_size(c.oid))::bigint AS bytes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relname = :name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
