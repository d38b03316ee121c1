-- Users that sign in while the paced writer runs.
SELECT id FROM users LIMIT 5000
