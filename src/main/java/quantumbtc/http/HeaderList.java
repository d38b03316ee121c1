package quantumbtc.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The only headers that pass between a client and a route: nothing of a request reaches a route by itself (see
 * {@link Parameters}), and only what a route sets on purpose reaches the client.
 */
final class HeaderList implements HeaderFilterStrategy {

    private static final Set<String> ANSWERED = Set.of("content-type", "content-disposition", "content-encoding", "vary", "location", "retry-after",
            "allow", "www-authenticate", "etag", "deprecation", "sunset", "link", "trade-system");

    /** True for a header that an answer may carry; so no parameter of a request may have its name. */
    static boolean answered(String name) {
        return ANSWERED.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !answered(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
