-- What each role but our own may do with the table, as statements that give it the same on a view; first the columns' own.
SELECT format('GRANT %s (%I) ON ${view} TO %s%s', lower(g.privilege_type), a.attname, coalesce(quote_ident(r.rolname), 'PUBLIC'),
              CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) g LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped AND r.rolname IS DISTINCT FROM current_user
  AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE')
UNION ALL
SELECT format('GRANT %s ON ${view} TO %s%s', lower(g.privilege_type), coalesce(quote_ident(r.rolname), 'PUBLIC'),
              CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_catalog.pg_class c CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) g LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
WHERE c.oid = to_regclass(:table) AND r.rolname IS DISTINCT FROM current_user
  AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
ORDER BY 1
