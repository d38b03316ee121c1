package quantumbtc.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Message;

/**
 * Hands a route the parameters of a request as headers: those of the path, and those of the query that have a plain
 * name and come once. Of the request's own headers only {@code Idempotency-Key} and {@code Accept} are handed on.
 */
final class Parameters {

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,39}");
    private static final String KEY = "Idempotency-Key";
    private static final List<String> HEADERS = List.of(KEY, "Accept");
    private static final int LONGEST = 2_000;

    private Parameters() {
    }

    /**
     * @throws Problem 400 when a parameter or the key comes twice, is too long or holds the character U+0000
     */
    static void hand(RoutingContext request, Message message) {
        Map<String, String> path = request.pathParams();
        path.forEach((name, value) -> check(name, value));
        MultiMap query = request.queryParams();
        for (String name : query.names()) {
            if (PLAIN_NAME.matcher(name).matches() && !reserved(name) && !path.containsKey(name)) {
                List<String> values = query.getAll(name);
                if (values.size() > 1) {
                    throw Problem.badRequest("The parameter " + name + " may come once only.");
                }
                check(name, values.get(0));
                message.setHeader(name, values.get(0));
            }
        }
        for (String name : HEADERS) {
            List<String> values = request.request().headers().getAll(name);
            if (values.size() == 1 && values.get(0).length() <= LONGEST) {
                message.setHeader(name, values.get(0));
            } else if (!values.isEmpty() && name.equals(KEY)) {
                // Left out, it would mean a second trade.
                throw Problem.badRequest("The header " + KEY + " may come once only, with at most " + LONGEST + " characters.");
            }
        }
    }

    /** Names that mean something to Camel or to the answer. */
    private static boolean reserved(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("camel") || name.equalsIgnoreCase("accept") || HeaderList.answered(name);
    }

    private static void check(String name, String value) {
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw Problem.badRequest("The parameter " + name + " is too long or holds the character U+0000.");
        }
    }
}
