-- A token may outlive its user; without the user no trade can be stored.
SELECT EXISTS (SELECT FROM public.users WHERE id = :user)
