-- One segment of a round.
UPDATE quantum_ops.verification_rounds
SET next_chunk = :chunk, segments = segments + 1, rows_compared = rows_compared + :rows, differences = differences + :differences,
    settled_differences = settled_differences + :settled, detail = detail || CAST(:detail AS jsonb)
WHERE id = :id
