-- Says that the run is alive, on the server's clock, which all nodes share.
UPDATE quantum_ops.validation_runs SET heartbeat_at = now() WHERE run_id = :run_id AND state = 'RUNNING'
