package quantumbtc.http;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a migration request into what the migration's routes take, or answers 400. */
public final class MigrationRequests {

    private static final int LARGEST_PAGE = 1_000;
    private static final int PAGE = 100;
    private static final int MOST_FACTOR = 999;
    private static final int MOST_ROWS = 10_000_000;

    /** @throws Problem 400 when the path names no run id */
    public UUID run(@Header("runId") String runId) {
        return uuid("run id", runId);
    }

    /**
     * Limits of a run: factor, the allowed latency as a multiple of the idle one, and rowsPerSecond; 0 stands for none.
     *
     * @throws Problem 400 when neither is given, or one is out of its range
     */
    public Map<String, Object> throttle(@Header("runId") String runId, @Body Map<String, Object> body) {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("runId", run(runId));
        put(limits, "factor", body.get("factor"), 2, MOST_FACTOR);
        put(limits, "rowsPerSecond", body.get("rowsPerSecond"), 0, MOST_ROWS);
        if (limits.size() == 1) {
            throw Problem.badRequest("Give factor, rowsPerSecond or both.");
        }
        return limits;
    }

    private static void put(Map<String, Object> limits, String name, Object value, int decimals, int most) {
        if (value == null) {
            return;
        }
        BigDecimal number = value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : null;
        if (number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0 || number.scale() > decimals) {
            throw Problem.badRequest(name + " must be a number from 0 to " + most + " with at most " + decimals + " decimals.");
        }
        limits.put(name, number.toPlainString());
    }

    /** @throws Problem 400 when after is no id, or limit no number from 1 to 1000 */
    public Map<String, Object> quarantinePage(@Header("reason") String reason, @Header("after") String after,
            @Header("limit") String limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("reason", reason);
        page.put("after", after == null ? null : uuid("after", after));
        page.put("limit", limit(limit));
        return page;
    }

    /** @throws Problem 400 when runId is no id, order no word it knows, after no number, or limit no number from 1 to 1000 */
    public Map<String, Object> logPage(@Header("runId") String runId, @Header("step") String step, @Header("order") String order,
            @Header("after") String after, @Header("limit") String limit) {
        if (order != null && !order.equals("oldest") && !order.equals("newest")) {
            throw Problem.badRequest("order must be oldest or newest.");
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("step", step);
        page.put("order", order);
        page.put("runId", runId == null ? null : uuid("run id", runId));
        page.put("after", after == null ? null : whole("after", after, 0, Long.MAX_VALUE));
        page.put("limit", limit(limit));
        return page;
    }

    /** @throws Problem 400 when ids is no list of at most 1000 ids, or reason no text */
    public Map<String, Object> selection(@Body Map<String, Object> body) {
        Map<String, Object> selection = new LinkedHashMap<>(body);
        if (body.get("ids") != null) {
            if (!(body.get("ids") instanceof List<?> ids) || ids.size() > LARGEST_PAGE) {
                throw Problem.badRequest("ids must be a list of at most " + LARGEST_PAGE + " ids.");
            }
            selection.put("ids", ids.stream().map(id -> uuid("id", id instanceof String text ? text : null)).toList());
        }
        if (body.get("reason") != null && !(body.get("reason") instanceof String)) {
            throw Problem.badRequest("reason must be a text.");
        }
        return selection;
    }

    /**
     * The one who accepts is the caller: a name in the body could be anybody's.
     *
     * @throws Problem 400 as {@link #selection}, or without a why, or without either
     */
    public Map<String, Object> accept(@Body Map<String, Object> body, @ExchangeProperty(Caller.ID) UUID caller) {
        if (!(body.get("why") instanceof String why) || why.isBlank()) {
            throw Problem.badRequest("why must say why these rows need not be migrated.");
        }
        if (body.get("ids") == null && body.get("reason") == null) {
            throw Problem.badRequest("Say which rows: ids or reason.");
        }
        Map<String, Object> accepted = selection(body);
        accepted.put("who", caller.toString());
        return accepted;
    }

    /** @throws Problem 400 unless the body has the typed word */
    public Map<String, Object> rollback(@Body Map<String, Object> body) {
        if (!"ROLLBACK".equals(body.get("confirm"))) {
            throw Problem.badRequest("A rollback needs {\"confirm\":\"ROLLBACK\"}.");
        }
        return body;
    }

    private static int limit(String limit) {
        return limit == null ? PAGE : (int) whole("limit", limit, 1, LARGEST_PAGE);
    }

    private static UUID uuid(String name, String value) {
        return Uuids.parse(value).orElseThrow(() -> Problem.badRequest("The " + name + " must be a UUID."));
    }

    private static long whole(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw Problem.badRequest(name + " must be a whole number from " + least + " to " + most + ".");
    }
}
