-- One audit row, committed on its own.
INSERT INTO public.quantum_migration_log
    (migration_name, migration_version, run_id, step, records_migrated, records_quarantined, migration_status,
     error_message, details, started_at, completed_at)
VALUES ('ATGE to Quantum BTC', :version, :runId::uuid, :step, :migrated, :quarantined, :status, :error, :details::jsonb,
        :startedAt, CASE WHEN :status = 'STARTED' THEN NULL ELSE clock_timestamp() END)
