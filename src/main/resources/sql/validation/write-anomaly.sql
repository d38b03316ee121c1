-- The id follows from what was seen, so seeing it again writes nothing.
INSERT INTO public.quantum_anomaly_logs (id, anomaly_type, severity, description, affected_sources, impact, trade_id, detected_at)
VALUES (:id, :type, :severity, :description, CAST(:affected AS jsonb), :impact, CAST(:trade_id AS uuid), :detected_at)
ON CONFLICT (id) DO NOTHING
