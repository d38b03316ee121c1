package quantumbtc.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** Asks the old deployment for a trade on behalf of a caller whom the neutral endpoint found to be its user. */
public final class AtgeUpstream {

    private static final String PATH = "/api/atge/generate";
    /** By these the old deployment knows the caller. */
    private static final List<String> IDENTITY = List.of("Authorization", "Cookie");

    private final Optional<URI> upstream;
    private final Duration timeout;
    private final HttpClient client;
    private final Json json = new Json();

    /** @param upstream empty when there is no old deployment */
    public AtgeUpstream(Optional<URI> upstream, Duration timeout) {
        this.upstream = upstream;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).build();
    }

    public boolean isThere() {
        return upstream.isPresent();
    }

    /**
     * Puts the old deployment's answer, status and body, into the message.
     *
     * @throws Problem 502 or 504 when it cannot be had
     */
    public void generate(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> given = message.getBody(Map.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(upstream.orElseThrow().resolve(PATH)).timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.text(given == null || given.isEmpty() ? Map.of("symbol", "BTC") : given)));
        HttpServerRequest caller = ((HttpMessage) exchange.getIn()).getRequest();
        IDENTITY.forEach(name -> caller.headers().getAll(name).forEach(value -> request.header(name, value)));
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.statusCode());
            message.setHeader(Exchange.CONTENT_TYPE, answer.headers().firstValue("Content-Type").orElse("application/json"));
            answer.headers().firstValue("Retry-After").ifPresent(wait -> message.setHeader("Retry-After", wait));
            message.setBody(answer.body());
        } catch (HttpTimeoutException e) {
            throw Problem.of(504, "The old deployment did not answer in time.");
        } catch (IOException e) {
            throw Problem.of(502, "The old deployment cannot be reached.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(502, "The old deployment was not asked to the end.");
        }
    }
}
