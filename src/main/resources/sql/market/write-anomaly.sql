-- An anomaly is written whole, its impact included; a fatal one also opens a suspension.
INSERT INTO public.quantum_anomaly_logs (anomaly_type, severity, description, affected_sources, impact, system_suspended,
    suspension_duration_minutes, trade_id, market_conditions, detected_at)
VALUES (:type, :severity, :description, CAST(:affected AS jsonb), :impact, :suspends,
    CAST(:minutes AS integer), CAST(:tradeId AS uuid), CAST(:conditions AS jsonb), :detectedAt)
