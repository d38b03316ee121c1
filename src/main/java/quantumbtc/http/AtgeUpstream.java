package quantumbtc.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Asks the old deployment for a trade on behalf of a caller whom the neutral endpoint found to be its user. */
public final class AtgeUpstream {

    private static final String PATH = "/api/atge/generate";
    /** By these the old deployment knows the caller. */
    private static final List<String> IDENTITY = List.of("Authorization", "Cookie");

    private final Optional<OldDeployment> deployment;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Json json = new Json();

    /** @param deployment empty when there is none */
    public AtgeUpstream(Optional<OldDeployment> deployment) {
        this.deployment = deployment;
    }

    public boolean isThere() {
        return deployment.isPresent();
    }

    /**
     * Puts the old deployment's answer, status and body, into the message.
     *
     * @throws Problem 502 or 504 when it cannot be had, 503 while the old deployment is left alone
     */
    public void generate(Exchange exchange) {
        OldDeployment old = deployment.orElseThrow();
        if (!old.breaker().tryAcquirePermission()) {
            throw old.leftAlone();
        }
        long begun = System.nanoTime();
        try {
            HttpResponse<byte[]> answer = ask(old, request(old, exchange));
            old.breaker().onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            hand(answer, exchange.getMessage());
        } catch (InterruptedException e) {
            old.breaker().releasePermission();
            Thread.currentThread().interrupt();
            throw Problem.of(502, "The old deployment was not asked to the end.");
        } catch (TimeoutException | ExecutionException e) {
            old.breaker().onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
            throw e instanceof TimeoutException ? Problem.of(504, "The old deployment did not answer in time.")
                    : Problem.of(502, "The old deployment cannot be reached.");
        }
    }

    private HttpRequest request(OldDeployment old, Exchange exchange) {
        Map<?, ?> given = exchange.getMessage().getBody(Map.class);
        String timeframe = exchange.getMessage().getHeader("timeframe", String.class);
        URI target = old.address().resolve(timeframe == null ? PATH : PATH + "?timeframe=" + URLEncoder.encode(timeframe, StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(target).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.text(given == null || given.isEmpty() ? Map.of("symbol", "BTC") : given)));
        HttpServerRequest caller = exchange.getProperty(Caller.REQUEST, HttpServerRequest.class);
        IDENTITY.forEach(name -> caller.headers().getAll(name).forEach(value -> request.header(name, value)));
        return request.build();
    }

    /** The whole answer, its body too, within the time. */
    private HttpResponse<byte[]> ask(OldDeployment old, HttpRequest request) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(old.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private static void hand(HttpResponse<byte[]> answer, Message message) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.statusCode());
        message.setHeader(Exchange.CONTENT_TYPE, answer.headers().firstValue("Content-Type").orElse("application/json"));
        answer.headers().firstValue("Retry-After").ifPresent(wait -> message.setHeader("Retry-After", wait));
        message.setBody(answer.body());
    }
}
