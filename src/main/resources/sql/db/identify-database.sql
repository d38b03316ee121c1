-- What two connections to the same database have in common, by whichever address or pooler they came.
SELECT oid::text || ' ' || pg_postmaster_start_time()::text FROM pg_database WHERE datname = current_database()
