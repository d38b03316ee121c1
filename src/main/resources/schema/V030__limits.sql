-- How often a user may write, counted for all nodes together. A row is a user's bucket of one limit, in the form of the
-- library that fills it (bucket4j); it may go once it is full again, which expires_at says in milliseconds.
SET LOCAL lock_timeout = '${lock_timeout}';

CREATE TABLE quantum_ops.rate_limits (
    id         text PRIMARY KEY,
    state      bytea,
    expires_at bigint
);
CREATE INDEX rate_limits_expires_at_idx ON quantum_ops.rate_limits (expires_at);
