-- A page of conflicts, newest first.
SELECT * FROM quantum_ops.sync_conflicts WHERE (:all OR state = 'OPEN') AND id < :before ORDER BY id DESC LIMIT :limit
