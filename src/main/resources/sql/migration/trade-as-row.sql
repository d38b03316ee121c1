-- One trade in the shape of a row of btc_trades, so that the reverse mapping that reads those can read it.
SELECT CAST(:id AS uuid) AS id, CAST(:user AS uuid) AS user_id, CAST(:symbol AS varchar(10)) AS symbol, CAST(:status AS varchar(50)) AS status,
       CAST(:entry AS numeric(20, 8)) AS entry_min, CAST(:entry AS numeric(20, 8)) AS entry_max, CAST(:entry AS numeric(20, 8)) AS entry_optimal,
       CAST(:tp1 AS numeric(20, 8)) AS tp1_price, CAST(:part1 AS integer) AS tp1_allocation,
       CAST(:tp2 AS numeric(20, 8)) AS tp2_price, CAST(:part2 AS integer) AS tp2_allocation,
       CAST(:tp3 AS numeric(20, 8)) AS tp3_price, CAST(:part3 AS integer) AS tp3_allocation,
       CAST(:stop AS numeric(20, 8)) AS stop_loss_price, CAST(:loss AS numeric(5, 2)) AS max_loss_percent,
       CAST(:timeframe AS varchar(10)) AS timeframe, CAST(:hours AS integer) AS timeframe_hours,
       CAST(:pattern AS varchar(50)) AS wave_pattern_collapse, CAST(:confidence AS integer) AS confidence_score, CAST(:reasoning AS text) AS quantum_reasoning,
       CAST(:generated AS timestamptz) AS generated_at, CAST(:expires AS timestamptz) AS expires_at,
       CAST(:now AS timestamptz) AS created_at, CAST(:now AS timestamptz) AS updated_at
