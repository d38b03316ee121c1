package quantumbtc.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a request about monitoring or maintenance into what its route takes, or answers 400. */
public final class MonitoringRequests {

    private static final List<String> TYPES = List.of("health", "performance", "alerts", "summary");

    /** @throws Problem 400 when it is no type; absent, it is the summary */
    public String type(@Header("type") String type) {
        if (type != null && !TYPES.contains(type)) {
            throw Problem.badRequest("type must be one of " + String.join(", ", TYPES) + ".");
        }
        return type == null ? "summary" : type;
    }

    /** @throws Problem 400 unless the body has from and to, as times, and what, as text */
    public Map<String, Object> plan(@Body Map<String, Object> body, @ExchangeProperty(Caller.ID) UUID caller) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("from", time("from", body.get("from")));
        plan.put("to", time("to", body.get("to")));
        if (!(body.get("what") instanceof String what) || what.isBlank()) {
            throw Problem.badRequest("what must say what is done.");
        }
        plan.put("what", what);
        plan.put("by", caller.toString());
        return plan;
    }

    private static Instant time(String name, Object value) {
        try {
            return OffsetDateTime.parse(String.valueOf(value)).toInstant();
        } catch (DateTimeException e) {
            throw Problem.badRequest(name + " must be a time such as 2026-01-31T02:00:00Z.");
        }
    }

    /** @throws Problem 400 when the path names no id */
    public Map<String, Object> cancel(@Header("id") String id, @ExchangeProperty(Caller.ID) UUID caller) {
        try {
            return Map.of("id", Long.parseLong(id), "by", caller.toString());
        } catch (NumberFormatException e) {
            throw Problem.badRequest("The id must be a whole number.");
        }
    }

    public Map<String, Object> windows(@Body Object windows) {
        return Map.of("maintenance", windows);
    }
}
