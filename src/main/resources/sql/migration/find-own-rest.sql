-- Statements that drop what is in our schema besides tables and what goes with them, in an order that needs no CASCADE.
SELECT statement FROM (
    SELECT 1 AS place, 'DROP ' || CASE relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW '
           || string_agg(oid::regclass::text, ', ') AS statement
    FROM pg_catalog.pg_class WHERE relnamespace = 'quantum_ops'::regnamespace AND relkind IN ('v', 'm') GROUP BY relkind
    UNION ALL
    SELECT 3, 'DROP ROUTINE ' || string_agg(oid::regprocedure::text, ', ')
    FROM pg_catalog.pg_proc WHERE pronamespace = 'quantum_ops'::regnamespace HAVING count(*) > 0
    UNION ALL
    SELECT 4, 'DROP SEQUENCE ' || string_agg(c.oid::regclass::text, ', ')
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'quantum_ops'::regnamespace AND c.relkind = 'S'
      AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                      AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass)
    HAVING count(*) > 0
    UNION ALL
    SELECT 5, 'DROP TYPE ' || string_agg(t.oid::regtype::text, ', ')
    FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace = 'quantum_ops'::regnamespace AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
    HAVING count(*) > 0
) AS drops
WHERE place BETWEEN :from AND :to
ORDER BY place
