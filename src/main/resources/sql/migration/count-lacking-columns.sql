-- A column that is gone would make the comparison fail instead of reporting it.
SELECT count(*) FROM unnest(CAST(:columns AS text[])) AS wanted
WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('public.btc_trades')
                  AND a.attname = wanted AND NOT a.attisdropped)
