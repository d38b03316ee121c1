-- One number over every column of every row, in no order: equal for two ways only if they wrote the same table.
SELECT count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS hash FROM btc_trades t
