package quantumbtc.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import quantumbtc.db.DatabaseUrl;

/** A database that a benchmark has for itself, and what it runs on; all of it goes when closed, whether it was started or not. */
interface Place extends AutoCloseable {

    /** @throws quantumbtc.db.Refused when it cannot be made there */
    void start();

    /** Once started. */
    DatabaseUrl url();

    /** Processor time that the server has used since it started, seconds; null where nobody tells. */
    Double cpuSeconds();

    /** What would have to be removed by hand if closing failed. */
    String name();

    @Override
    void close() throws IOException;

    /** The url as DATABASE_URL has it, with the password. */
    default String address() {
        DatabaseUrl url = url();
        String credentials = url.user() == null ? "" : encoded(url.user()) + (url.password() == null ? "" : ":" + encoded(url.password())) + "@";
        String parameters = url.parameters().entrySet().stream().map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        return "postgres://" + credentials + url.jdbcUrl().substring("jdbc:postgresql://".length()) + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
