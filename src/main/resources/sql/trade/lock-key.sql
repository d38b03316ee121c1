-- Requests with the same idempotency key queue until the first has committed; the lock ends with the transaction.
SELECT pg_advisory_xact_lock(hashtextextended('idempotency-key ' || :user || ' ' || :key, 0)) IS NOT NULL
