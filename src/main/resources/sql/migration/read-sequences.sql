-- Where the numbering of these tables, and of our schema, stands; locked tables hand out no further number.
SELECT s.schemaname AS schema, s.sequencename AS name, coalesce(s.last_value, s.start_value) AS last_value,
       s.last_value IS NOT NULL AS called
FROM pg_catalog.pg_sequences s
JOIN pg_catalog.pg_class c ON c.oid = format('%I.%I', s.schemaname, s.sequencename)::regclass
WHERE s.schemaname = 'quantum_ops'
   OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
              AND d.deptype IN ('a', 'i') AND d.refobjid = ANY (CAST(:tables AS text[])::regclass[]))
ORDER BY 1, 2
