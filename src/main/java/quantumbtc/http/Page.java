package quantumbtc.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page at / and its parts under /ui, each from a classpath resource named here, held in memory as it is and
 * compressed. Nothing else can be had by a path. It comes before the gate: the page is for everybody, its numbers are not.
 */
final class Page {

    private static final String FOLDER = "/dashboard/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final List<String> SCRIPTS = List.of("app.js", "api.js", "dom.js", "charts.js", "signin.js", "performance.js",
            "trades.js", "trade.js", "market.js", "calls.js", "migration.js", "rollout.js", "phases.js", "alerts.js");
    private static final String NONCE = "{{nonce}}";
    /** Whether the browser has a cookie that may sign it in; scripts cannot see it. */
    private static final String COOKIE = "{{cookie}}";
    /** The imported modules, asked for at once and not one after the other. */
    private static final String PRELOAD = "{{preload}}";
    /** By nonce alone, which the modules that a script imports inherit; styles set by scripts through the CSSOM are not inline ones. */
    private static final String POLICY = "default-src 'none'; script-src 'nonce-%s'; style-src 'nonce-%s'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Part(String type, byte[] plain, byte[] packed, String tag) {
    }

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final String html = new String(bytes(FOLDER + "index.html"), StandardCharsets.UTF_8).replace(PRELOAD, SCRIPTS.stream()
            .filter(name -> !name.equals("app.js")).map(name -> "<link rel=\"modulepreload\" nonce=\"" + NONCE + "\" href=\"/ui/" + name + "\">")
            .collect(Collectors.joining("\n  ")));
    private final SecureRandom random = new SecureRandom();

    Page() {
        SCRIPTS.forEach(name -> add("/ui/" + name, FOLDER + name, SCRIPT));
        add("/ui/app.css", FOLDER + "app.css", STYLE);
        add("/ui/icon.svg", FOLDER + "icon.svg", "image/svg+xml");
        add("/ui/uPlot.iife.min.js", CHARTS + "uPlot.iife.min.js", SCRIPT);
        add("/ui/uPlot.min.css", CHARTS + "uPlot.min.css", STYLE);
    }

    /** The methods that a path of the page answers; empty when it is none. */
    List<String> methods(String path) {
        return path.equals("/") || parts.containsKey(path) ? List.of("GET", "HEAD") : List.of();
    }

    /** @param order of its handlers among those of the router */
    void install(Router root, int order) {
        root.route("/").order(order).handler(request -> readable(request, () -> page(request)));
        parts.forEach((path, part) -> root.route(path).order(order).handler(request -> readable(request, () -> part(request, part))));
    }

    private static void readable(RoutingContext request, Runnable answer) {
        if (request.request().method() == HttpMethod.GET || request.request().method() == HttpMethod.HEAD) {
            answer.run();
        } else {
            request.fail(405);
        }
    }

    private void page(RoutingContext request) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        byte[] body = html.replace(NONCE, nonce)
                .replace(COOKIE, String.valueOf(request.request().getCookie(Authorization.COOKIE) != null)).getBytes(StandardCharsets.UTF_8);
        HttpServerResponse response = request.response().putHeader("Content-Security-Policy", POLICY.formatted(nonce, nonce))
                .putHeader("Content-Type", "text/html; charset=utf-8");
        send(request, response, packs(request) ? Packing.packed(body) : body);
    }

    private static void part(RoutingContext request, Part part) {
        HttpServerResponse response = request.response().putHeader("Content-Type", part.type()).putHeader("ETag", part.tag())
                // Asked for again each time, so that a new version shows at once; unchanged, it is not sent again.
                .putHeader("Cache-Control", "no-cache");
        if (part.tag().equals(request.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            send(request, response, packs(request) ? part.packed() : part.plain());
        }
    }

    private static boolean packs(RoutingContext request) {
        boolean packs = Packing.taken(request.request());
        request.response().putHeader("Vary", "Accept-Encoding");
        if (packs) {
            request.response().putHeader("Content-Encoding", "gzip");
        }
        return packs;
    }

    private static void send(RoutingContext request, HttpServerResponse response, byte[] body) {
        response.putHeader("Content-Length", String.valueOf(body.length));
        if (request.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    private void add(String path, String resource, String type) {
        byte[] plain = bytes(resource);
        parts.put(path, new Part(type, plain, Packing.packed(plain), tag(plain)));
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the page's part " + resource + " is not on the classpath");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static String tag(byte[] plain) {
        try {
            return '"' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain), 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
