-- The first answer of an hour stays; its phase shift compares the last three hourly prices with the three before.
INSERT INTO quantum_ops.market_hours (hour, taken_at, price, volume_24h, market_cap, mempool_size, whale_transactions,
       difficulty, sentiment_score, social_dominance, data_quality_score, phase_shift)
SELECT CAST(:hour AS timestamptz), CAST(:taken_at AS timestamptz), CAST(:price AS numeric), :volume_24h, :market_cap, :mempool_size, :whale_transactions,
       :difficulty, :sentiment_score, :social_dominance, :data_quality_score,
       (SELECT CASE WHEN count(*) = 5 THEN
            sign(CAST(:price AS numeric) - max(price) FILTER (WHERE hour = CAST(:hour AS timestamptz) - interval '2 hours'))
            * sign(max(price) FILTER (WHERE hour = CAST(:hour AS timestamptz) - interval '3 hours')
                 - max(price) FILTER (WHERE hour = CAST(:hour AS timestamptz) - interval '5 hours')) < 0 END
        FROM quantum_ops.market_hours
        WHERE hour >= CAST(:hour AS timestamptz) - interval '5 hours' AND hour < CAST(:hour AS timestamptz))
ON CONFLICT (hour) DO NOTHING
