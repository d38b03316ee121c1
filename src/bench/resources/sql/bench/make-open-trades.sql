-- Open trades around 100,000 USD, half of them short, with first target and stop up to 40 % away; ids in random order.
INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price,
       max_loss_percent, timeframe, timeframe_hours, confidence_score, quantum_reasoning, mathematical_justification,
       generated_at, expires_at)
SELECT gen_random_uuid(), u.id, 100000, 100000, 100000, 100000 + s.side * (d.distance + 1), 100000 + s.side * (d.distance + 2),
       100000 + s.side * (d.distance + 3), 100000 - s.side * (d.other + 1), 5, '1w', 168, (random() * 100)::int,
       repeat('open trade of the benchmark ', 5 + (random() * 45)::int), 'none',
       CAST(:generated AS timestamptz), CAST(:generated AS timestamptz) + interval '7 days'
FROM generate_series(1, CAST(:rows AS int)) AS i
CROSS JOIN LATERAL (SELECT 20 + random() * 40000 + 0 * i AS distance, 20 + random() * 40000 + 0 * i AS other) d
CROSS JOIN LATERAL (SELECT CASE WHEN i % 2 = 0 THEN 1 ELSE -1 END AS side) s
JOIN users u ON u.email = 'user' || (i % 10000) || '@example.org'
