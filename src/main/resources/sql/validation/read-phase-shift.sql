-- Whether the market turned in this hour.
SELECT phase_shift FROM quantum_ops.market_hours WHERE hour = :hour AND phase_shift
