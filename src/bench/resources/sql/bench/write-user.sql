-- A user signs in; ATGE's trigger sets the time.
UPDATE users SET email = email WHERE id = ?
