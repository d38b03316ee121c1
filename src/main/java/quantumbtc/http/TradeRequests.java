package quantumbtc.http;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a request about trades into what its route takes, or answers 400. */
public final class TradeRequests {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /**
     * @return null when the request has none
     * @throws Problem 400 when it is empty, too long or not plain text
     */
    public String key(@Header("Idempotency-Key") String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw Problem.badRequest("Idempotency-Key must have 1 to 255 visible ASCII characters.");
        }
        return key;
    }

    /** @throws Problem 400 when the path names no trade id */
    public UUID trade(@Header("tradeId") String tradeId) {
        return Uuids.parse(tradeId).orElseThrow(() -> Problem.badRequest("Invalid trade ID parameter."));
    }

    /** @throws Problem 404 when nothing was found, or nothing that the caller may see */
    public Object found(@Body Optional<?> found) {
        return found.orElseThrow(() -> Problem.notFound("Trade not found."));
    }

    /**
     * Whose trades are listed.
     *
     * @param owner me, all or null, which is me
     * @return null for everybody's
     * @throws Problem 400 when it is another word, 403 when a user without the role admin asks for all
     */
    public UUID owner(@ExchangeProperty(Caller.ID) UUID caller, @ExchangeProperty(Caller.ROLE) String role, @Header("owner") String owner) {
        if (owner == null || owner.equals("me")) {
            return caller;
        }
        if (!owner.equals("all")) {
            throw Problem.badRequest("owner must be me or all.");
        }
        if (!role.equals("admin")) {
            throw Problem.forbidden();
        }
        return null;
    }

    public Map<String, Object> dashboard(@Body Object metrics) {
        return Map.of("metrics", metrics);
    }
}
