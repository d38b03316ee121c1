-- Validating takes no lock that a writer of users would feel.
SET LOCAL lock_timeout = '${lock_timeout}';
ALTER TABLE public.btc_trades VALIDATE CONSTRAINT btc_trades_user_id_fkey;
