-- What the server and our role there allow; read before a migration is started.
SELECT current_setting('server_version_num')::integer AS version_number,
       current_setting('server_version') AS version,
       current_user::text AS role,
       current_database()::text AS database,
       pg_encoding_to_char(d.encoding) AS encoding,
       pg_is_in_recovery() AS replica,
       current_setting('default_transaction_read_only')::boolean AS read_only,
       has_database_privilege(current_database(), 'CREATE') AS create_on_database,
       has_schema_privilege('public', 'CREATE') AS create_on_public,
       EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated') AS authenticated_role,
       extract(epoch FROM pg_postmaster_start_time())::bigint AS started_at,
       (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS data_directory
FROM pg_database d WHERE d.datname = current_database()
