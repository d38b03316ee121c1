package quantumbtc.http;

import java.util.Map;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Turns the parameters of a request of the page into what its route takes, or answers 400. */
public final class DashboardRequests {

    private static final int DAYS = 7;
    private static final int MOST_DAYS = 90;

    public Map<String, Object> me(@ExchangeProperty(Caller.ID) UUID caller, @ExchangeProperty(Caller.ROLE) String role) {
        return Map.of("userId", caller, "role", role);
    }

    /** @throws Problem 400 unless it is true or false; absent, it is false */
    public boolean failed(@Header("failed") String failed) {
        if (failed == null || failed.equals("false") || failed.equals("true")) {
            return "true".equals(failed);
        }
        throw Problem.badRequest("failed must be true or false.");
    }

    /** @throws Problem 400 unless it is a whole number from 1 to 90; absent, it is 7 */
    public int days(@Header("days") String days) {
        if (days == null) {
            return DAYS;
        }
        try {
            int number = Integer.parseInt(days);
            if (number >= 1 && number <= MOST_DAYS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw Problem.badRequest("days must be a whole number from 1 to " + MOST_DAYS + ".");
    }
}
