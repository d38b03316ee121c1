-- New limits for the open run; absent ones stay, 0 takes a limit away.
UPDATE quantum_ops.migration_runs
SET throttle_factor = CASE WHEN :factor::numeric IS NULL THEN throttle_factor ELSE nullif(:factor::numeric, 0) END,
    rows_per_second = CASE WHEN :rowsPerSecond::integer IS NULL THEN rows_per_second ELSE nullif(:rowsPerSecond::integer, 0) END
WHERE state = 'RUNNING' AND run_id = :runId
