package quantumbtc.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a request pass or not, by what it carries: a bearer token, the cookie of a signed-in browser, the cron secret. */
public final class Authorization {

    static final String COOKIE = "auth_token";
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final Sessions sessions;
    private final CronSecret cronSecret;

    public Authorization(Tokens tokens, Sessions sessions, CronSecret cronSecret) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cronSecret = cronSecret;
    }

    /**
     * @param access one that needs a caller: USER or ADMIN
     * @throws Problem 401 without a valid token that is still signed in, 403 without the role
     */
    Caller caller(Access access, HttpServerRequest request) {
        Optional<String> bearer = bearer(request);
        String token = bearer.or(() -> cookie(request)).orElseThrow(Problem::unauthorized);
        Caller caller = tokens.caller(token);
        sessions.require(token);
        if (bearer.isEmpty() && writes(request) && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            throw Problem.of(403, "Forbidden. Another site may not act for the signed-in user.");
        }
        if (access == Access.ADMIN && !caller.admin()) {
            throw Problem.forbidden();
        }
        return caller;
    }

    /**
     * @param body where older clients send the secret, as cronSecret
     * @throws Problem 401 when neither a header nor the body has the secret
     */
    void cron(HttpServerRequest request, Map<String, Object> body) {
        String given = bearer(request).orElse(request.getHeader("x-cron-secret"));
        if (given == null && body.get("cronSecret") instanceof String text) {
            given = text;
        }
        if (!cronSecret.matches(given)) {
            throw Problem.wrongCronSecret();
        }
    }

    /** A header that is there but is no single bearer token counts as a wrong one: the cookie is not asked then. */
    private static Optional<String> bearer(HttpServerRequest request) {
        List<String> headers = request.headers().getAll("Authorization");
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        String header = headers.get(0);
        boolean well = headers.size() == 1 && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return Optional.of(well ? header.substring(BEARER.length()).trim() : "");
    }

    private static Optional<String> cookie(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(COOKIE)).map(Cookie::getValue);
    }

    private static boolean writes(HttpServerRequest request) {
        return !request.method().name().equals("GET");
    }
}
