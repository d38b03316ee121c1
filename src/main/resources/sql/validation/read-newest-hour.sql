-- Hours after this one still have to be taken down.
SELECT max(hour) FROM quantum_ops.market_hours
