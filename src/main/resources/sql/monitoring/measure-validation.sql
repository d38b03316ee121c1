-- The last validation that finished, when the first was begun, and how many there were by their state.
SELECT min(started_at) AS first_started, max(finished_at) FILTER (WHERE state = 'FINISHED') AS last_finished,
       (array_agg(extract(epoch FROM finished_at - started_at)::float8 ORDER BY finished_at DESC)
           FILTER (WHERE state = 'FINISHED'))[1] AS last_seconds,
       count(*) FILTER (WHERE state = 'FINISHED') AS finished,
       count(*) FILTER (WHERE state = 'FAILED') AS failed,
       count(*) FILTER (WHERE state = 'ABANDONED') AS abandoned
FROM quantum_ops.validation_runs
