-- The version that a restore has to bring the schema to before it loads the rows.
SELECT version FROM quantum_ops.flyway_schema_history
WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1
