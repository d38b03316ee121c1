-- NOT VALID: the lock on users is held for a moment only, and new rows are checked from now on.
SET LOCAL lock_timeout = '${lock_timeout}';
ALTER TABLE public.btc_trades ADD CONSTRAINT btc_trades_user_id_fkey
    FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE NOT VALID;
