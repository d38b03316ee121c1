-- What decides whether the view may take the table's name.
SELECT c.relrowsecurity AS row_policies, pg_has_role(c.relowner, 'USAGE') AS owned, pg_get_userbyid(c.relowner) AS owner,
       has_schema_privilege(c.relnamespace, 'CREATE') AS creates, current_setting('server_version_num')::int >= 150000 AS invoker,
       ARRAY(SELECT DISTINCT coalesce(r.rolname, 'PUBLIC')::text FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) g
             LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
             WHERE g.privilege_type = 'SELECT' AND NOT coalesce(has_table_privilege(r.oid, 'public.btc_trades', 'SELECT'), false)
             ORDER BY 1) AS blind,
       (SELECT percent FROM quantum_ops.rollout WHERE id = 1) AS percent,
       (SELECT count(*) FROM quantum_ops.rollout_overrides WHERE system = 'ATGE') AS on_atge,
       (SELECT state FROM quantum_ops.sync_control WHERE id = 1) AS sync,
       EXISTS (SELECT 1 FROM quantum_ops.change_queue) AS pending,
       (SELECT count(*) FROM quantum_ops.sync_conflicts WHERE state = 'OPEN') AS conflicts
FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(:table)
