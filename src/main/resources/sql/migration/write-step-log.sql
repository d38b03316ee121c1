-- Each step of taking the migration back, or of restoring it, is on record even when it fails.
INSERT INTO public.quantum_migration_log
    (migration_name, migration_version, step, migration_status, error_message, details, started_at, completed_at)
VALUES ('atge-to-quantum-btc', '1', :step, :status, :error, CAST(:details AS jsonb), :startedAt, :completedAt)
