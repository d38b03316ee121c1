package quantumbtc.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The old deployment as it is reached from here: its address, its connections, and whether it is left alone for a while. */
public final class OldDeployment {

    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_WAITING = 256;
    /** What the usual servers of the old deployment may send; the client's own default is half of it. */
    private static final int LARGEST_HEAD_BYTES = 65_536;

    private final URI address;
    private final Duration timeout;
    private final Duration open;
    private final CircuitBreaker breaker;
    private final Json json = new Json();
    private volatile HttpClient client;

    /**
     * @param address scheme, host and port
     * @param timeout how long neither side may send or take anything
     * @param open    how long it is left alone after it failed again and again
     */
    public OldDeployment(URI address, Duration timeout, Duration open) {
        this.address = address;
        this.timeout = timeout;
        this.open = open;
        this.breaker = CircuitBreaker.of("atge", CircuitBreakerConfig.custom().slidingWindowSize(10).minimumNumberOfCalls(5)
                .failureRateThreshold(50).waitDurationInOpenState(open).permittedNumberOfCallsInHalfOpenState(2).build());
    }

    /** Hands a paused request on as it came, and its answer back as it is. */
    void pass(HttpServerRequest request, Vertx vertx) {
        new Passage(this, request, vertx).begin();
    }

    /** A connection to be had within the time that a silence may last. */
    RequestOptions to(HttpServerRequest request) {
        return new RequestOptions().setMethod(request.method()).setURI(target(request)).setHost(address.getHost()).setPort(port()).setSsl(isTls())
                .setConnectTimeout(timeout.toMillis());
    }

    /** The path with its query as they came; a request may also name the whole address, which is ours and not the old deployment's. */
    private static String target(HttpServerRequest request) {
        return request.uri().startsWith("/") ? request.uri() : request.path() + (request.query() == null ? "" : "?" + request.query());
    }

    private boolean isTls() {
        return "https".equals(address.getScheme());
    }

    private int port() {
        return address.getPort() > 0 ? address.getPort() : isTls() ? 443 : 80;
    }

    HttpClient client(Vertx vertx) {
        HttpClient made = client;
        if (made == null) {
            synchronized (this) {
                if (client == null) {
                    client = vertx.createHttpClient(new HttpClientOptions().setVerifyHost(true).setConnectTimeout((int) timeout.toMillis())
                            .setDecompressionSupported(false).setMaxHeaderSize(LARGEST_HEAD_BYTES),
                            new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING));
                }
                made = client;
            }
        }
        return made;
    }

    URI address() {
        return address;
    }

    Duration timeout() {
        return timeout;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** While it is left alone. */
    Problem leftAlone() {
        return Problem.unavailable("The old deployment does not answer. Try again later.", Duration.ofSeconds(Math.max(1, open.toSeconds())));
    }

    /** What a client of the old endpoints is told in our own words. */
    String says(Problem problem) {
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("success", false);
        says.put("error", problem.getMessage());
        says.put("message", problem.getMessage());
        return json.text(says);
    }
}
