package quantumbtc.http;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Body;
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

    public Map<String, Object> dashboard(@Body Object metrics) {
        return Map.of("metrics", metrics);
    }
}
