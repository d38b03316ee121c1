-- A step that was begun and never ended: its process was killed. Said once, when the run is taken over.
INSERT INTO public.quantum_migration_log
    (migration_name, migration_version, run_id, step, migration_status, error_message, started_at, completed_at)
SELECT DISTINCT ON (l.step) l.migration_name, l.migration_version, l.run_id, l.step, 'INTERRUPTED',
       'the process ended before the step did; committed chunks stay', l.started_at, clock_timestamp()
FROM public.quantum_migration_log l
WHERE l.run_id = :runId AND l.migration_status = 'STARTED'
  AND NOT EXISTS (SELECT 1 FROM public.quantum_migration_log e
                  WHERE e.run_id = l.run_id AND e.step = l.step AND e.id > l.id AND e.migration_status <> 'STARTED')
