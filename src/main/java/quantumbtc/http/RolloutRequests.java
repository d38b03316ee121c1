package quantumbtc.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a request about the rollout into what its routes take, or answers 400. */
public final class RolloutRequests {

    private static final int LONGEST_REASON = 1_000;

    /** @throws Problem 400 unless percent is a whole number from 0 to 100, and why, if given, a text */
    public Map<String, Object> percent(@Body Map<String, Object> body, @ExchangeProperty(Caller.ID) UUID caller) {
        Object percent = body.get("percent");
        if (!(percent instanceof Integer whole) || whole < 0 || whole > 100) {
            throw Problem.badRequest("percent must be a whole number from 0 to 100.");
        }
        Object why = body.get("why");
        if (why != null && !(why instanceof String text && !text.isBlank() && text.length() <= LONGEST_REASON)) {
            throw Problem.badRequest("why must be a text of at most " + LONGEST_REASON + " characters.");
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("percent", whole);
        request.put("why", why);
        request.put("by", caller.toString());
        return request;
    }

    /** @throws Problem 400 unless the path names a user and the body quantum, atge or auto */
    public Map<String, Object> user(@Header("userId") String userId, @Body Map<String, Object> body, @ExchangeProperty(Caller.ID) UUID caller) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("user", Uuids.parse(userId).orElseThrow(() -> Problem.badRequest("The user id is no UUID.")));
        request.put("system", system(body.get("system")));
        request.put("by", caller.toString());
        return request;
    }

    public Map<String, Object> changes(@Body List<?> changes) {
        return Map.of("changes", changes);
    }

    private static String system(Object word) {
        if ("auto".equals(word)) {
            return null;
        }
        if ("quantum".equals(word) || "atge".equals(word)) {
            return ((String) word).toUpperCase(Locale.ROOT);
        }
        throw Problem.badRequest("system must be \"quantum\", \"atge\" or \"auto\".");
    }
}
