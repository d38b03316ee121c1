package quantumbtc.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything under /api/atge: says 410 once the old endpoints are disabled; else hands the request, as it
 * came, to the old deployment where one is set; else lets the routes answer. It comes before the gate, because whoever
 * calls the old deployment is known there and not here, and because a route would read and so change what passes.
 */
public final class LegacyDoor {

    static final String PREFIX = "/api/atge";

    private static final Logger log = LoggerFactory.getLogger(LegacyDoor.class);
    /** Steps to other folders, plain or escaped: the old deployment must not be led to other paths. */
    private static final Pattern STEPS = Pattern.compile("(?i)(^|/|%2f|\\\\|%5c)(\\.|%2e){1,2}(/|%2f|\\\\|%5c|$)");
    private static final int MOST_CONNECTIONS = 64;

    private final BooleanSupplier known;
    private final BooleanSupplier enabled;
    private final Optional<URI> upstream;
    private final int timeoutMs;
    private final CircuitBreaker breaker;
    private final Json json = new Json();
    private volatile HttpProxy proxy;

    /**
     * @param known    true while it can be said without waiting whether the old endpoints are enabled
     * @param enabled  whether they are; may wait for the database
     * @param upstream where the old deployment answers: scheme, host and port
     * @param timeout  longest silence of the old deployment
     * @param open     how long it is left alone after it failed again and again
     */
    public LegacyDoor(BooleanSupplier known, BooleanSupplier enabled, Optional<URI> upstream, Duration timeout, Duration open) {
        this.known = known;
        this.enabled = enabled;
        this.upstream = upstream;
        this.timeoutMs = (int) timeout.toMillis();
        this.breaker = CircuitBreaker.of("atge", CircuitBreakerConfig.custom().slidingWindowSize(10).minimumNumberOfCalls(5)
                .failureRateThreshold(50).waitDurationInOpenState(open).permittedNumberOfCallsInHalfOpenState(2).build());
    }

    /** @param order of the handler among those of the router */
    void install(Router root, int order) {
        root.route(PREFIX + "/*").order(order).handler(this::enter);
    }

    private void enter(RoutingContext request) {
        request.request().pause();
        if (known.getAsBoolean()) {
            decide(request, enabled.getAsBoolean());
        } else {
            request.vertx().executeBlocking(enabled::getAsBoolean, false)
                    .onComplete(answer -> decide(request, answer.failed() || answer.result()));
        }
    }

    private void decide(RoutingContext request, boolean answers) {
        if (!answers) {
            request.request().resume();
            answer(request.response(), 410, Map.of("error", "This endpoint has been deprecated",
                    "message", "Please use /api/quantum/generate-btc-trade instead", "migration_date", "2025-11-25"));
        } else if (upstream.isEmpty()) {
            request.request().resume();
            request.next();
        } else if (STEPS.matcher(request.request().path()).find() || !request.request().path().startsWith(PREFIX + "/")) {
            request.request().resume();
            answer(request.response(), 400, failed("The path cannot be passed on."));
        } else {
            proxy(request.vertx()).handle(request.request());
        }
    }

    private HttpProxy proxy(Vertx vertx) {
        HttpProxy made = proxy;
        if (made == null) {
            synchronized (this) {
                if (proxy == null) {
                    proxy = make(vertx, upstream.orElseThrow());
                }
                made = proxy;
            }
        }
        return made;
    }

    private HttpProxy make(Vertx vertx, URI target) {
        boolean ssl = "https".equals(target.getScheme());
        int port = target.getPort() > 0 ? target.getPort() : ssl ? 443 : 80;
        HttpClientOptions options = new HttpClientOptions().setSsl(ssl).setVerifyHost(true).setConnectTimeout(timeoutMs)
                .setDecompressionSupported(false).setDefaultHost(target.getHost()).setDefaultPort(port);
        var client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        return HttpProxy.reverseProxy(client)
                .originRequestProvider((request, any) -> any.request(new RequestOptions().setHost(target.getHost()).setPort(port)
                        .setSsl(ssl).setIdleTimeout(timeoutMs)))
                .addInterceptor(new Passing());
    }

    /** What the proxy leaves to do: who asked, headers for one hop only, and an upstream that fails. */
    private final class Passing implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            if (!breaker.tryAcquirePermission()) {
                return own(context, 503, "The old deployment does not answer. Try again later.")
                        .map(response -> response.putHeader("Retry-After", "30"));
            }
            long begun = System.nanoTime();
            forward(context);
            return context.sendRequest().map(response -> {
                breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
                dropHopHeaders(response.headers());
                keepAsSent(context.request().proxiedRequest().response(), response);
                return response;
            }).recover(failure -> {
                breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, failure);
                boolean late = failure instanceof TimeoutException || String.valueOf(failure.getMessage()).contains("timeout");
                log.warn("the old deployment did not answer: {}", failure.toString());
                return own(context, late ? 504 : 502, late ? "The old deployment did not answer in time." : "The old deployment cannot be reached.");
            });
        }

        private void forward(ProxyContext context) {
            HttpServerRequest client = context.request().proxiedRequest();
            MultiMap headers = context.request().headers();
            dropHopHeaders(headers);
            String before = headers.get("X-Forwarded-For");
            String address = client.remoteAddress().hostAddress();
            headers.set("X-Forwarded-For", before == null ? address : before + ", " + address);
            if (!headers.contains("X-Forwarded-Proto")) {
                headers.set("X-Forwarded-Proto", client.scheme());
            }
            if (!headers.contains("X-Forwarded-Host") && client.getHeader("Host") != null) {
                headers.set("X-Forwarded-Host", client.getHeader("Host"));
            }
        }

        /** The proxy writes the date anew, days below ten with one digit, and gives bodiless answers a transfer coding. */
        private void keepAsSent(HttpServerResponse client, ProxyResponse answer) {
            String date = answer.headers().get("Date");
            client.headersEndHandler(done -> {
                if (date != null) {
                    client.headers().set("Date", date);
                }
                if (answer.getStatusCode() == 204 || answer.getStatusCode() == 304) {
                    client.headers().remove("Transfer-Encoding");
                }
            });
        }

        private Future<ProxyResponse> own(ProxyContext context, int status, String message) {
            ProxyResponse response = context.request().release().response().setStatusCode(status).putHeader("Content-Type", "application/json");
            response.setBody(Body.body(Buffer.buffer(json.text(failed(message)))));
            return Future.succeededFuture(response);
        }
    }

    /** Headers of one connection, and those that it names as such. */
    private static void dropHopHeaders(MultiMap headers) {
        List<String> named = headers.getAll("Connection").stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.trim().toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty() && !name.equals("close")).toList();
        named.forEach(headers::remove);
        List.of("Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Upgrade")
                .forEach(headers::remove);
    }

    private static Map<String, Object> failed(String message) {
        return Map.of("success", false, "message", message);
    }

    private void answer(HttpServerResponse response, int status, Map<String, Object> body) {
        FrontDoor.secure(response);
        response.setStatusCode(status).putHeader("Content-Type", "application/json").end(json.text(body));
    }
}
