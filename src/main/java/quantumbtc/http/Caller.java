package quantumbtc.http;

import java.util.UUID;

/**
 * Who sent a request, as its token says. Routes read the exchange properties {@value #ID} and {@value #ROLE}.
 *
 * @param id    row of users; never null
 * @param admin true with the role admin
 */
public record Caller(UUID id, boolean admin) {

    /** Exchange property: the caller's id, a UUID. Absent on endpoints that need no token. */
    public static final String ID = "callerId";
    /** Exchange property: admin or user. */
    public static final String ROLE = "callerRole";
    /** Exchange property: the request itself, for what asks another system in the caller's name. */
    static final String REQUEST = "callerRequest";

    String role() {
        return admin ? "admin" : "user";
    }
}
