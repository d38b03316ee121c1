-- Which of these tables and views there are: after a rollback, or before an upgrade, some are not.
SELECT name FROM unnest(:names::text[]) name WHERE to_regclass(name) IS NOT NULL
