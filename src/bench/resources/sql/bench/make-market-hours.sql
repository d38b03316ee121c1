-- The market of 90 days, hour by hour, but for the hours that are there.
INSERT INTO quantum_ops.market_hours (hour, taken_at, price, volume_24h, mempool_size, whale_transactions, sentiment_score, data_quality_score, phase_shift)
SELECT h, h, 100000 + 500 * sin(extract(epoch FROM h) / 40000), 3e10, 25000, 3, 60, 60 + (random() * 40)::int, random() < 0.1
FROM generate_series(date_trunc('hour', now()) - interval '90 days', date_trunc('hour', now()), interval '1 hour') h
ON CONFLICT (hour) DO NOTHING
