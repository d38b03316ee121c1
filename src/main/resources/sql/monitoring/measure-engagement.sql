-- Users who made a signal in the last day and in the day before, each counted once.
SELECT count(DISTINCT user_id) FILTER (WHERE generated_at > :now::timestamptz - interval '24 hours') AS users_last_day,
       count(DISTINCT user_id) FILTER (WHERE generated_at <= :now::timestamptz - interval '24 hours') AS users_day_before
FROM quantum_ops.generated_trades
WHERE generated_at > :now::timestamptz - interval '48 hours' AND generated_at <= :now
