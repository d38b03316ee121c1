-- Each generation asks whether a suspension is open; the log that holds the answer may have millions of rows.
SET LOCAL lock_timeout = '${lock_timeout}';
CREATE INDEX quantum_anomaly_logs_open_suspension_idx ON public.quantum_anomaly_logs (detected_at)
    WHERE system_suspended AND resolved_at IS NULL;
