package quantumbtc.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a request about the sync into what its routes take, or answers 400. */
public final class SyncRequests {

    private static final int LARGEST_PAGE = 1_000;

    /** @throws Problem 400 when before is no number, or limit none from 1 to 1000 */
    public Map<String, Object> page(@Header("all") String all, @Header("before") String before, @Header("limit") String limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("all", "true".equals(all));
        page.put("before", before == null ? null : whole("before", before, Long.MAX_VALUE));
        page.put("limit", limit == null ? 100L : whole("limit", limit, LARGEST_PAGE));
        return page;
    }

    /**
     * The one who decides is the caller: a name in the body could be anybody's.
     *
     * @throws Problem 400 unless the path names a conflict and the body one of both versions
     */
    public Map<String, Object> resolution(@Header("id") String id, @Body Map<String, Object> body, @ExchangeProperty(Caller.ID) UUID caller) {
        Object keep = body.get("keep");
        if (!(keep instanceof String) || !Set.of("quantum", "atge").contains(keep)) {
            throw Problem.badRequest("keep must be \"quantum\" or \"atge\".");
        }
        return Map.of("id", whole("conflict", id, Long.MAX_VALUE), "keep", keep, "by", caller.toString());
    }

    private static long whole(String name, String value, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw Problem.badRequest(name + " must be a whole number from 1 to " + most + ".");
    }
}
