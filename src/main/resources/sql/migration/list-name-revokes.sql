-- Default rights may have given a new view to others.
SELECT DISTINCT format('REVOKE ALL ON ${view} FROM %s', coalesce(quote_ident(r.rolname), 'PUBLIC')) AS statement
FROM pg_catalog.pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
WHERE c.oid = to_regclass(:view) AND g.grantee <> c.relowner
