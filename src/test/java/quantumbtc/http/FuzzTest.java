package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

/** Requests that no client library would send, over a plain socket. The migration's own routes are replaced. */
class FuzzTest {

    private static final int REQUESTS = 4_000;
    private static final long SEED = 20_261_123L;
    private static final Pattern LEAK = Pattern.compile(
            "quantumbtc\\.|java\\.|org\\.(apache|postgresql)|Exception|\\bat [a-z]+\\.|SELECT |INSERT |SQLSTATE|<html|camel", Pattern.CASE_INSENSITIVE);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW", "get");
    private static final List<String> PATHS = List.of("/", "/api", "/api/quantum/health", "/api/quantum/migrations", "/api/quantum/migrations/plan",
            "/api/quantum/migrations/log", "/api/quantum/migrations/quarantine", "/api/quantum/migrations/quarantine/retry",
            "/api/quantum/migrations/quarantine/accept", "/api/quantum/migrations/verify", "/api/quantum/migrations/rollback",
            "/api/quantum/migrations/archive", "/api/quantum/migrations/backup", "/api/quantum/migrations/%1", "/api/quantum/migrations/%1/pause",
            "/api/quantum/migrations/%1/throttle", "/api/quantum/migrations/../health", "/api/quantum/%1", "/%1", "/api/openapi.json", "/api/docs",
            "//api//quantum//health",
            "/api/quantum/generate-btc-trade", "/api/quantum/trades", "/api/quantum/trades?cursor=%1&status=%1", "/api/quantum/trades?from=%1&limit=%1",
            "/api/quantum/trade-details/%1", "/api/quantum/trade-details/00000000-0000-0000-0000-000000000000", "/api/quantum/performance-dashboard",
            "/api/quantum/validate-btc-trades", "/api/quantum/health/", "/api/quantum/health;x=1", "/api/%1/%1");
    private static final List<String> PIECES = List.of("a", "%00", "%zz", "%", "..", "%2e%2e", "%2F", "'", "\"", "<script>", "${1+1}", "#{1}", "{{x}}",
            "..%5c", "\u00e9", "%C0%AF", "*", "|", "0", "-1", "1e999", "null", "00000000-0000-0000-0000-000000000000", "x".repeat(300), ";", "&", "=", "+", "$", "~");
    private static final List<String> NAMES = List.of("Content-Type", "Accept", "Cookie", "CamelHttpMethod", "CamelHttpResponseCode", "X-HTTP-Method-Override",
            "X-Forwarded-Host", "Expect", "Range", "If-None-Match", "Accept-Encoding", "Origin", "Transfer-Encoding", "breadcrumbId", "Authorization",
            "x-cron-secret", "Sec-Fetch-Site", "Idempotency-Key", "Upgrade", "Content-Encoding");
    private static final List<String> VALUES = List.of("application/json", "text/plain", "*/*", "auth_token=x", ";;;,", "gzip", "bytes=0-", "100-continue",
            "\"", "application/json; charset=x", "multipart/form-data", "websocket", "identity", "199", "x".repeat(2_000), "${env:JWT_SECRET}", "");
    private static final List<String> BODIES = List.of("", "{}", "{", "[]", "null", "\"x\"", "{\"confirm\":\"ROLLBACK\"}", "{\"ids\":[1]}",
            "{\"ids\":[[]]}", "{\"factor\":1e400}", "{\"factor\":1e-400,\"rowsPerSecond\":1e99}", "{\"why\":\"x\"}", "{\"why\":\"\\u0000\"}",
            "{\"why\":\"\\ud800\"}", "{\"\":{}}", "\u0000\u0001", "\u00ff\u00fe", "{\"a\":" + "[".repeat(2_000), "{\"cronSecret\":null}", "a=b&c=d");

    record Status(UUID runId, String state) {
    }

    private static TestDatabase database;
    private static TestApp app;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        app = TestApp.on(database);
        for (String route : List.of("plan", "start", "status", "pause", "resume", "cancel", "throttle", "verify", "quarantine-list",
                "quarantine-retry", "quarantine-accept", "rollback", "archive", "backup", "log")) {
            app.replace("migration-" + route, exchange -> exchange.getMessage().setBody(new Status(new UUID(0, 0), "COMPLETED")));
        }
        // The real routes up to here; the market is not what is tried.
        app.replace("trade-generate-signal", exchange -> {
            throw Problem.unavailable("No market.", java.time.Duration.ofSeconds(1));
        });
        for (int user = 0; user < 5; user++) {
            for (int kind = 0; kind < 2; kind++) {
                UUID id = new UUID(kind, user);
                database.execute("INSERT INTO users (id, email) VALUES ('" + id + "', '" + id + "@example.org')");
            }
        }
    }

    @AfterAll
    static void stop() {
        app.close();
        database.close();
    }

    @Test
    void no_request_makes_a_server_error_or_a_leak() throws IOException {
        Random random = new Random(SEED);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String request = request(random);
            String answer = send(request);
            String shown = "request " + i + ": " + request.substring(0, Math.min(600, request.length())) + "\nanswer: " + answer;
            if (answer.isEmpty()) {
                // The server hung up on what is no HTTP.
                statuses.merge(0, 1, Integer::sum);
                continue;
            }
            int status = Integer.parseInt(answer.substring(9, 12));
            statuses.merge(status, 1, Integer::sum);
            // Without a market a trade that is well asked for is refused.
            assertThat(status < 500 || status == 503 && answer.contains("\"No market.\"")).as(shown).isTrue();
            if (status >= 400) {
                assertThat(LEAK.matcher(answer).find()).as(shown).isFalse();
            }
        }
        assertThat(statuses).as("every kind of answer was met").containsKeys(200, 400, 401, 403, 404, 405, 415, 429, 503);
        assertThat(app.get("/api/quantum/health", null).statusCode()).isEqualTo(200);
    }

    private static String request(Random random) {
        String path = one(random, PATHS);
        while (path.contains("%1")) {
            path = path.replaceFirst("%1", java.util.regex.Matcher.quoteReplacement(piece(random)));
        }
        if (random.nextInt(3) == 0) {
            path += (path.contains("?") ? "&" : "?") + piece(random) + "=" + piece(random) + "&" + one(random, List.of("limit", "after", "runId", "CamelHttpUri", "Location"))
                    + "=" + piece(random);
        }
        String method = random.nextInt(3) > 0 ? one(random, METHODS.subList(0, 3)) : one(random, METHODS);
        StringBuilder request = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        switch (random.nextInt(4)) {
            case 0, 1 -> request.append("Authorization: Bearer ").append(TestTokens.admin(new UUID(0, random.nextInt(5)))).append("\r\n");
            case 2 -> request.append("Authorization: Bearer ").append(TestTokens.user(new UUID(1, random.nextInt(5)))).append("\r\n");
            default -> { }
        }
        if (random.nextInt(2) == 0) {
            request.append("Content-Type: application/json\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(one(random, NAMES)).append(": ").append(one(random, VALUES)).append("\r\n");
        }
        String body = method.equals("GET") && random.nextInt(4) > 0 ? "" : one(random, BODIES);
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }

    private static String piece(Random random) {
        return one(random, PIECES) + (random.nextInt(3) == 0 ? one(random, PIECES) : "");
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.app().port())) {
            socket.setSoTimeout(1_500);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(read(socket.getInputStream()), StandardCharsets.UTF_8);
        }
    }

    /** What came, also when the server waits for more of a request that it was told to expect. */
    private static byte[] read(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException | java.net.SocketException e) {
            // Taken as it is.
        }
        return all.toByteArray();
    }
}
