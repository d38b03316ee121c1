package quantumbtc.trade;

import java.util.UUID;

/** There is no such user any more, so no trade can be stored for them. Nothing was changed. HTTP: 403. */
public final class UnknownUser extends RuntimeException {

    public UnknownUser(UUID user) {
        super("user " + user + " is not in public.users; nothing was changed");
    }
}
