package quantumbtc.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A request that is answered with an error: the status, a message for the caller, and what else the answer carries. */
public final class Problem extends RuntimeException {

    private final int status;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> details;

    private Problem(int status, String message, Map<String, String> headers, Map<String, Object> details) {
        // Said to the caller, not thrown for a fault of ours: a stack would be thrown away.
        super(message, null, false, false);
        this.status = status;
        this.headers = headers;
        this.details = details;
    }

    /** @param message shown to the caller as it is: name nothing that the caller may not know */
    public static Problem of(int status, String message) {
        return new Problem(status, message, Map.of(), Map.of());
    }

    public static Problem badRequest(String message) {
        return of(400, message);
    }

    public static Problem notFound(String message) {
        return of(404, message);
    }

    static Problem unauthorized() {
        return unauthorized("Unauthorized. Please log in.", "Bearer");
    }

    static Problem invalidToken() {
        return unauthorized("Unauthorized. Please log in.", "Bearer error=\"invalid_token\"");
    }

    static Problem expiredToken() {
        return unauthorized("Unauthorized. Please log in.", "Bearer error=\"invalid_token\", error_description=\"The token has expired\"");
    }

    static Problem signedOut() {
        return unauthorized("Unauthorized. Please log in.", "Bearer error=\"invalid_token\", error_description=\"The session was ended\"");
    }

    static Problem wrongCronSecret() {
        return unauthorized("Unauthorized. Invalid cron secret.", "Bearer");
    }

    private static Problem unauthorized(String message, String challenge) {
        return new Problem(401, message, Map.of("WWW-Authenticate", challenge), Map.of());
    }

    static Problem forbidden() {
        return of(403, "Forbidden. This needs the role admin.");
    }

    /** What the old endpoints answer when they are disabled. */
    public static Problem gone() {
        return of(410, "This endpoint has been deprecated").with("message", "Please use /api/quantum/generate-btc-trade instead")
                .with("migration_date", "2025-11-25");
    }

    /** @param allowed what the path answers instead, at least one method */
    static Problem methodNotAllowed(List<String> allowed) {
        return new Problem(405, "Method not allowed. Use " + String.join(" or ", allowed) + ".",
                Map.of("Allow", String.join(", ", allowed)), Map.of());
    }

    /** @param wait until the next attempt may succeed; rounded up to whole seconds, at least one */
    public static Problem tooManyRequests(String message, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Problem(429, message, Map.of("Retry-After", Long.toString(seconds)), Map.of());
    }

    /** @param wait when to try again; whole seconds */
    public static Problem unavailable(String message, Duration wait) {
        return new Problem(503, message, Map.of("Retry-After", Long.toString(wait.toSeconds())), Map.of());
    }

    /** The same problem with one more field in its answer. */
    public Problem with(String field, Object value) {
        Map<String, Object> more = new java.util.LinkedHashMap<>(details);
        more.put(field, value);
        return new Problem(status, getMessage(), headers, more);
    }

    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> details() {
        return details;
    }
}
