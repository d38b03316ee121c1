package quantumbtc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import quantumbtc.App;
import quantumbtc.Settings;

/**
 * The whole program serving on a free port against a test's database. It takes the tokens of {@link TestTokens} and the
 * cron secret {@value #CRON_SECRET}. Start it once a class: it takes seconds.
 */
public final class TestApp implements AutoCloseable {

    public static final String CRON_SECRET = "a-cron-secret-of-the-tests";

    private final App app;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    private TestApp(App app) {
        this.app = app;
    }

    public static TestApp on(TestDatabase database) {
        return on(database, Map.of());
    }

    /** With some settings changed. */
    public static TestApp on(TestDatabase database, Map<String, String> settings) {
        return on(database, settings, Clock.systemUTC());
    }

    public static TestApp on(TestDatabase database, Map<String, String> settings, Clock clock) {
        Map<String, String> changes = new HashMap<>(Map.of(
                "database.url", database.url(),
                "database.pool-size", "6",
                "port", "0",
                "management.port", "0",
                "jwt.secret", TestTokens.SECRET,
                "cron.secret", CRON_SECRET,
                // A route that is missing is an error at once, not after half a minute.
                "camel.component.direct.block", "false"));
        changes.putAll(settings);
        return new TestApp(App.start(Settings.defaults().with(changes), App.Mode.SERVE, clock));
    }

    public App app() {
        return app;
    }

    /** Stops routes that fire by themselves, so that nothing happens but what the test does; one under way is waited for. */
    public TestApp without(String... routeIds) {
        try {
            for (String routeId : routeIds) {
                app.template().getCamelContext().getRouteController().stopRoute(routeId);
            }
            return this;
        } catch (Exception e) {
            throw new IllegalStateException("the test cannot stop " + List.of(routeIds), e);
        }
    }

    /** Puts an answer of the test's own in the place of a direct route, whether or not there is one. */
    public TestApp replace(String direct, Processor answer) {
        return replace(endpoint -> endpoint.getEndpointUri().equals("direct://" + direct), "direct:" + direct, answer);
    }

    /** The same for an endpoint, with all its methods. */
    public TestApp replaceEndpoint(String path, Processor answer) {
        return replace(endpoint -> endpoint instanceof PlatformHttpEndpoint http && http.getPath().equals(path),
                "platform-http:" + path, answer);
    }

    private TestApp replace(Predicate<Endpoint> replaced, String uri, Processor answer) {
        CamelContext context = app.template().getCamelContext();
        try {
            for (Route route : List.copyOf(context.getRoutes())) {
                if (replaced.test(route.getEndpoint())) {
                    context.getRouteController().stopRoute(route.getRouteId());
                    context.removeRoute(route.getRouteId());
                }
            }
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).errorHandler(noErrorHandler()).process(answer);
                }
            });
            return this;
        } catch (Exception e) {
            throw new IllegalStateException("the test's route " + uri + " does not start", e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + app.port() + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + app.servers().managementPort() + path);
    }

    /** @param token null for none */
    public HttpResponse<String> get(String path, String token) {
        return send(request(path, token).GET());
    }

    /**
     * @param json  null for no body
     * @param token null for none
     */
    public HttpResponse<String> post(String path, String json, String token) {
        return send("POST", path, json, token);
    }

    public HttpResponse<String> send(String method, String path, String json, String token) {
        HttpRequest.Builder request = request(path, token);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.method(method, json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A request to be completed. */
    public HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
