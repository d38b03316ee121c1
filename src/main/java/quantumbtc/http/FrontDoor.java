package quantumbtc.http;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds for every request, whether or not an endpoint answers it: the security headers, no body but JSON, and the
 * server's own errors told in the same words as ours.
 */
final class FrontDoor {

    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final String POLICY_DATA = "default-src 'none'; frame-ancestors 'none'";
    private static final String POLICY_PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final AccessTable access;
    private final LegacyDoor legacy;
    private final ErrorAnswer errors;
    private final Page page = new Page();

    FrontDoor(AccessTable access, Json json, LegacyDoor legacy) {
        this.access = access;
        this.legacy = legacy;
        this.errors = new ErrorAnswer(json);
    }

    void install(HttpServer server) {
        Router root = (Router) server.requestHandler();
        legacy.install(root, Integer.MIN_VALUE);
        root.route().order(Integer.MIN_VALUE + 1).handler(this::enter);
        page.install(root, Integer.MIN_VALUE + 2);
        IntStream.range(400, 600).forEach(status -> root.errorHandler(status, request -> refuse(request, problem(request, status))));
    }

    private void enter(RoutingContext request) {
        HttpServerResponse response = request.response();
        request.addHeadersEndHandler(end -> secure(response));
        if (!readable(request)) {
            refuse(request, Problem.badRequest("The request cannot be read."));
            return;
        }
        if (!takesBody(request.request())) {
            refuse(request, Problem.of(415, "The body must be application/json."));
            return;
        }
        request.next();
    }

    /** False when an escape sequence in path or query is none; the server would find out too late. */
    private static boolean readable(RoutingContext request) {
        try {
            request.normalizedPath();
            request.queryParams();
            return true;
        } catch (IllegalArgumentException | HttpException e) {
            return false;
        }
    }

    static void secure(HttpServerResponse response) {
        String type = response.headers().get("Content-Type");
        boolean page = type != null && type.startsWith("text/html");
        unlessSet(response, "Content-Security-Policy", page ? POLICY_PAGE : POLICY_DATA);
        unlessSet(response, "Cache-Control", "private, no-store");
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static void unlessSet(HttpServerResponse response, String name, String value) {
        if (!response.headers().contains(name)) {
            response.putHeader(name, value);
        }
    }

    /** A form or plain text is what another site's page can send without asking; JSON is not. Whatever the method. */
    private static boolean takesBody(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type == null || JSON.matcher(type.trim()).matches();
    }

    private static String path(RoutingContext request) {
        return readable(request) ? request.normalizedPath() : "";
    }

    private Problem problem(RoutingContext request, int status) {
        return switch (status) {
            case 404 -> Problem.notFound("Not found.");
            case 405 -> methodNotAllowed(methods(path(request)));
            case 413 -> Problem.of(413, "The body is too large. At most 1 MB is taken.");
            case 415 -> Problem.of(415, "The body must be application/json.");
            case 503 -> Problem.unavailable("The server is busy.", Duration.ofSeconds(10));
            default -> status < 500 ? Problem.badRequest("The request cannot be read.") : fault(request);
        };
    }

    private List<String> methods(String path) {
        List<String> ofPage = page.methods(path);
        return ofPage.isEmpty() ? access.methods(path) : ofPage;
    }

    private static Problem fault(RoutingContext request) {
        log.error("{} of a request failed before its endpoint", request.request().method(), request.failure());
        return Problem.of(500, "Internal server error.");
    }

    private static Problem methodNotAllowed(List<String> methods) {
        return methods.isEmpty() ? Problem.notFound("Not found.") : Problem.methodNotAllowed(methods);
    }

    void refuse(RoutingContext request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        problem.headers().forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", "application/json");
        response.end(errors.of(problem, path(request), 0));
    }
}
