package quantumbtc.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a request to the old endpoints into what their routes take, or answers 400. */
public final class LegacyRequests {

    private static final Set<String> TIMEFRAMES = Set.of("1h", "4h", "1d", "1w");
    private static final int LARGEST_PAGE = 100;
    private static final int PAGE = 25;
    private static final int MOST_OFFSET = 10_000_000;

    /** @throws Problem 400 for another symbol, 422 for one that no signal can be made for */
    public void symbol(@Body Map<String, Object> body) {
        Object given = body.getOrDefault("symbol", "BTC");
        String symbol = given instanceof String text ? text.trim().toUpperCase(Locale.ROOT) : "";
        if ("ETH".equals(symbol)) {
            throw Problem.of(422, "Signals are made for BTC only.");
        }
        if (!"BTC".equals(symbol)) {
            throw Problem.badRequest("Invalid symbol. Must be BTC or ETH");
        }
    }

    /** @return null when none is asked for. @throws Problem 400 for an unknown one, 422 for one that no signal can be made for */
    public String timeframe(@Header("timeframe") String asked) {
        if ("15m".equals(asked)) {
            throw Problem.of(422, "Signals are made for 1h, 4h, 1d or 1w: the history is of hourly candles.");
        }
        if (asked != null && !TIMEFRAMES.contains(asked)) {
            throw Problem.badRequest("Invalid timeframe. Must be 1h, 4h, 1d or 1w");
        }
        return asked;
    }

    /** A limit above the largest page is the largest page, as it always was. @throws Problem 400 when a date, a number or the order cannot be read */
    public Map<String, Object> page(@ExchangeProperty(Caller.ID) UUID caller, @Header("symbol") String symbol, @Header("status") String status,
            @Header("timeframe") String timeframe, @Header("startDate") String from, @Header("endDate") String until,
            @Header("needsData") String needsData, @Header("sortBy") String sortBy, @Header("sortOrder") String sortOrder, @Header("limit") String limit, @Header("offset") String offset) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("user", caller);
        page.put("symbol", symbol);
        page.put("status", status);
        page.put("timeframe", timeframe);
        page.put("from", from == null ? null : time("startDate", from));
        page.put("until", until == null ? null : time("endDate", until));
        page.put("needsData", "true".equals(needsData));
        page.put("sortBy", sortBy == null ? "generatedAt" : sortBy);
        page.put("ascending", order(sortOrder));
        page.put("limit", limit == null ? PAGE : Math.min(LARGEST_PAGE, whole("limit", limit, 1, Integer.MAX_VALUE)));
        page.put("offset", offset == null ? 0 : whole("offset", offset, 0, MOST_OFFSET));
        return page;
    }

    private static boolean order(String order) {
        if (order == null || order.equalsIgnoreCase("desc")) {
            return false;
        }
        if (order.equalsIgnoreCase("asc")) {
            return true;
        }
        throw Problem.badRequest("sortOrder must be asc or desc.");
    }

    private static Instant time(String name, String value) {
        try {
            return value.length() == 10 ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest(name + " must be a date or time as ISO 8601 has it.");
        }
    }

    private static int whole(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw Problem.badRequest(name + " must be a whole number from " + least + (most == Integer.MAX_VALUE ? " on." : " to " + most + "."));
    }

    public Map<String, Object> statistics(@Body Map<String, Object> statistics) {
        return Map.of("success", true, "statistics", statistics);
    }

    /** @throws Problem 400 unless the body says whether the old endpoints shall answer */
    public Map<String, Object> change(@Body Map<String, Object> body, @ExchangeProperty(Caller.ID) UUID caller) {
        if (!(body.get("enabled") instanceof Boolean enabled) || !(body.getOrDefault("why", "") instanceof String)) {
            throw Problem.badRequest("enabled must be true or false, and why, if given, a text.");
        }
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("enabled", enabled);
        change.put("why", body.get("why"));
        change.put("by", caller.toString());
        return change;
    }
}
