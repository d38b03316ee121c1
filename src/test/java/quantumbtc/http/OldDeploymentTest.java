package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.Upstream;
import quantumbtc.testing.Wire;

/** The old endpoints in front of a real old deployment: what a client gets is what a direct call gives. */
class OldDeploymentTest {

    private static final int TIMEOUT_MS = 800;
    private static final int OPEN_MS = 500;
    private static final byte[] NONE = new byte[0];
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static TestDatabase database;
    private static Upstream upstream;
    private static TestApp app;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        upstream = new Upstream(0);
        app = TestApp.on(database, settings(upstream.port()));
        upstream.on("/api/atge/ok", OK);
        upstream.on("/api/atge/echo", OldDeploymentTest::echo);
        upstream.on("/api/atge/silent", (request, in, out) -> in.read());
    }

    private static Map<String, String> settings(int port) {
        return Map.of("atge.upstream-url", "http://127.0.0.1:" + port, "atge.timeout-ms", "" + TIMEOUT_MS, "atge.breaker-open-ms", "" + OPEN_MS,
                "validation.cron", "0 0 0 1 1 ? 2098");
    }

    @AfterAll
    static void stop() {
        app.close();
        upstream.close();
        database.close();
    }

    /** Ten good calls, so that no test begins with what the one before did to the circuit breaker. */
    @BeforeEach
    void heal() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int good = 0; good < 10; ) {
            assertThat(System.nanoTime()).as("the breaker closes").isLessThan(end);
            if (get("/api/atge/ok").status() == 200) {
                good++;
            } else {
                good = 0;
                Thread.sleep(100);
            }
        }
    }

    private static int port() {
        return app.app().port();
    }

    private static Wire.Answer get(String path) {
        return Wire.ask(port(), Wire.request("GET", path, Map.of()), NONE);
    }

    /** Head and body as they came in, as text. */
    private static void echo(Wire.Head request, InputStream in, OutputStream out) throws IOException {
        byte[] body = Wire.body(request, in);
        String says = request.first() + "\n" + String.join("\n", request.headers()) + "\n\n" + new String(body, StandardCharsets.ISO_8859_1);
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + says.length() + "\r\n\r\n" + says).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void same(String method, String path, Map<String, String> headers, byte[] body) {
        String head = Wire.request(method, path, headers);
        Wire.Answer direct = Wire.ask(upstream.port(), head, body);
        Wire.Answer passed = Wire.ask(port(), head, body);
        assertThat(passed.head().first()).as("%s %s", method, path).isEqualTo(direct.head().first());
        assertThat(passed.head().without("connection", "transfer-encoding")).isEqualTo(direct.head().without("connection", "transfer-encoding"));
        assertThat(passed.body()).isEqualTo(direct.body());
        assertThat(passed.whole()).isEqualTo(direct.whole());
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return random;
    }

    private static Upstream.Behaviour bytes(String head, byte[] body) {
        return (request, in, out) -> {
            Wire.body(request, in);
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    @Test
    void status_headers_cookies_and_bytes_are_those_of_a_direct_call() throws IOException {
        byte[] random = random(300_000);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"success\":true}".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        }
        upstream.on("/api/atge/bytes", bytes("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 300000\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n", random));
        upstream.on("/api/atge/zipped", bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\nETag: W/\"7\"\r\n"
                + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nWarning: 110 - \"stale\"\r\nContent-Length: " + zipped.size() + "\r\n\r\n", zipped.toByteArray()));
        upstream.on("/api/atge/pieces", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n");
        upstream.on("/api/atge/to-the-end", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\na,b\r\n1,2\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.close();
        });
        upstream.on("/api/atge/cookies", "HTTP/1.1 200 OK\r\nSet-Cookie: auth_token=a.b.c; HttpOnly; Path=/\r\nSet-Cookie: theme=dark; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\n"
                + "Set-Cookie: empty=\r\nCache-Control: public, max-age=60\r\nContent-Length: 0\r\n\r\n");
        upstream.on("/api/atge/204", "HTTP/1.1 204 No Content\r\nX-Left: 19\r\n\r\n");
        upstream.on("/api/atge/304", "HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n");
        upstream.on("/api/atge/301", "HTTP/1.1 301 Moved Permanently\r\nLocation: https://old.example.org/elsewhere?x=1\r\nContent-Length: 0\r\n\r\n");
        upstream.on("/api/atge/404", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<h1>No</h1>\r\n");
        upstream.on("/api/atge/429", "HTTP/1.1 429 Slow Down Please\r\nContent-Type: application/json\r\nRetry-After: 7\r\nContent-Length: 17\r\n\r\n{\"error\":\"later\"}");
        upstream.on("/api/atge/500", "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"success\":false}");
        upstream.on("/api/atge/fat", "HTTP/1.1 200 OK\r\nSet-Cookie: fat=" + "x".repeat(20_000) + "\r\nContent-Length: 0\r\n\r\n");
        upstream.on("/api/atge/size", "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\n");
        for (String path : List.of("bytes", "zipped", "pieces", "to-the-end", "cookies", "204", "304", "301", "404", "429", "500", "fat")) {
            same("GET", "/api/atge/" + path, Map.of("Accept-Encoding", "gzip"), NONE);
        }
        same("HEAD", "/api/atge/size", Map.of(), NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void requests_arrive_as_they_were_sent_whatever_they_hold(String method) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", "auth_token=x; theme=dark",
                "Authorization", "Basic abc", "X-Custom", "a, b", "User-Agent", "old client", "Content-Length", "10"));
        String sent = Wire.request(method, "/api/atge/echo?b=2&a=%20%C3%A4&a=", headers);
        Wire.Answer direct = Wire.ask(upstream.port(), sent, "symbol=ETH".getBytes(StandardCharsets.UTF_8));
        Wire.Answer passed = Wire.ask(port(), sent, "symbol=ETH".getBytes(StandardCharsets.UTF_8));
        List<String> added = List.of("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: trades.example.org");
        List<String> arrived = passed.text().lines().filter(line -> !added.contains(line) && !line.toLowerCase().matches("(host|connection):.*")).sorted().toList();
        List<String> expected = direct.text().lines().filter(line -> !line.toLowerCase().matches("(host|connection):.*")).sorted().toList();
        assertThat(arrived).isEqualTo(expected);
        assertThat(passed.text()).contains(added);
        assertThat(passed.text().toLowerCase()).contains("host: 127.0.0.1:" + upstream.port());
    }

    @Test
    void headers_for_one_connection_stay_there_on_both_ways() {
        upstream.on("/api/atge/hops", "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Gone\r\nX-Gone: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: Basic\r\n"
                + "Upgrade: h2c\r\nTrailer: X-Sum\r\nX-Stays: 1\r\nContent-Length: 0\r\n\r\n");
        assertThat(get("/api/atge/hops").head().without()).containsOnlyKeys("x-stays", "content-length", "connection").containsEntry("connection", List.of("close"));

        Map<String, String> headers = new HashMap<>(Map.of("Connection", "close, X-Mine, Content-Length", "X-Mine", "1", "Keep-Alive", "300", "TE", "trailers",
                "Upgrade", "websocket", "Proxy-Authorization", "Basic abc", "Proxy-Connection", "keep-alive", "Trailer", "X-Sum", "Content-Length", "2"));
        Wire.Answer answer = Wire.ask(port(), Wire.request("POST", "/api/atge/echo", headers), "{}".getBytes(StandardCharsets.UTF_8));
        List<String> names = answer.text().lines().filter(line -> line.contains(": ")).map(line -> line.substring(0, line.indexOf(':')).toLowerCase()).toList();
        assertThat(names).containsExactlyInAnyOrder("host", "content-length", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host");
        assertThat(answer.text()).endsWith("{}");
    }

    @Test
    void whoever_forwarded_before_is_kept() {
        Map<String, String> headers = Map.of("X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "app.example.org");
        assertThat(Wire.ask(port(), Wire.request("GET", "/api/atge/echo", headers), NONE).text()).contains("X-Forwarded-For: 203.0.113.7, 127.0.0.1",
                "X-Forwarded-Proto: https", "X-Forwarded-Host: app.example.org");
    }

    @Test
    void the_first_bytes_arrive_while_the_old_deployment_still_sends() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        upstream.on("/api/atge/stream", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            seen.await(10, TimeUnit.SECONDS);
            out.write("6\r\nsecond\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        });
        try (Socket socket = Wire.open(port())) {
            socket.getOutputStream().write(Wire.request("GET", "/api/atge/stream", Map.of()).getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(Wire.head(in).all("Transfer-Encoding")).containsExactly("chunked");
            assertThat(Wire.chunk(in)).asString().isEqualTo("first");
            seen.countDown();
            assertThat(Wire.chunk(in)).asString().isEqualTo("second");
            assertThat(Wire.chunk(in)).isEmpty();
        }
    }

    @Test
    void a_client_of_the_first_http_version_gets_the_stream_too() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        upstream.on("/api/atge/stream-1-0", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            seen.await(10, TimeUnit.SECONDS);
            out.write("6\r\nsecond\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        });
        try (Socket socket = Wire.open(port())) {
            socket.getOutputStream().write("GET /api/atge/stream-1-0 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(Wire.head(in).all("Connection")).containsExactly("close");
            assertThat(in.readNBytes(5)).asString().isEqualTo("first");
            seen.countDown();
            assertThat(in.readAllBytes()).asString().isEqualTo("second");
        }
    }

    @Test
    void large_bodies_pass_both_ways_unchanged() throws Exception {
        byte[] large = random(24_000_000);
        upstream.on("/api/atge/back", (request, in, out) -> {
            byte[] body = Wire.body(request, in);
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
        Wire.Answer answer = Wire.ask(port(), Wire.request("POST", "/api/atge/back", Map.of("Content-Length", "" + large.length)), large);
        assertThat(answer.whole()).isTrue();
        assertThat(sha256(answer.body())).isEqualTo(sha256(large));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void a_body_in_pieces_arrives_in_pieces() {
        String sent = Wire.request("POST", "/api/atge/echo", Map.of("Transfer-Encoding", "chunked"));
        Wire.Answer answer = Wire.ask(port(), sent, "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.text().toLowerCase()).contains("transfer-encoding: chunked").doesNotContain("content-length").endsWith("{\"a\":1}");
    }

    @Test
    void a_client_that_offers_a_later_http_version_is_served_too() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(app.uri("/api/atge/echo"));
        assertThat(client.send(request.GET().build(), HttpResponse.BodyHandlers.ofString()).body()).startsWith("GET /api/atge/echo HTTP/1.1").doesNotContainIgnoringCase("upgrade");
        assertThat(client.send(request.POST(HttpRequest.BodyPublishers.ofString("{}")).build(), HttpResponse.BodyHandlers.ofString()).body()).endsWith("{}");
    }

    @Test
    void whoever_asks_whether_to_send_a_body_is_told_to() throws IOException {
        try (Socket socket = Wire.open(port())) {
            socket.getOutputStream().write(Wire.request("POST", "/api/atge/echo", Map.of("Content-Length", "2", "Expect", "100-continue")).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(Wire.head(socket.getInputStream()).status()).isEqualTo(100);
            socket.getOutputStream().write("{}".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(Wire.answer(socket.getInputStream(), false).text()).endsWith("{}");
        }
    }

    /** What the kernel holds in the buffers of two connections, and some more. */
    private static final int HELD = 24_000_000;

    @Test
    void an_upload_waits_for_the_old_deployment_and_is_not_gathered_here() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        AtomicLong arrived = new AtomicLong();
        upstream.on("/api/atge/takes-late", (request, in, out) -> {
            read.await(10, TimeUnit.SECONDS);
            arrived.set(Wire.body(request, in).length);
            out.write(OK.getBytes(StandardCharsets.ISO_8859_1));
        });
        int whole = 3 * HELD;
        try (TestApp patient = TestApp.on(database, patient(upstream.port())); Socket socket = Wire.open(patient.app().port())) {
            AtomicLong sent = new AtomicLong();
            Thread sender = new Thread(() -> send(socket, Wire.request("POST", "/api/atge/takes-late", Map.of("Content-Length", "" + whole)), whole, sent));
            sender.start();
            settled(sent);
            assertThat(sent.get()).isLessThan(HELD);
            read.countDown();
            assertThat(Wire.answer(socket.getInputStream(), false).text()).isEqualTo("ok");
            sender.join();
            assertThat(arrived.get()).isEqualTo(whole);
        }
    }

    @Test
    void a_download_waits_for_the_client_and_is_not_gathered_here() throws Exception {
        AtomicLong sent = new AtomicLong();
        int whole = 3 * HELD;
        upstream.on("/api/atge/sends-much", (request, in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + whole + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            for (int done = 0; done < whole; done += 100_000) {
                out.write(new byte[100_000]);
                sent.addAndGet(100_000);
            }
        });
        try (TestApp patient = TestApp.on(database, patient(upstream.port())); Socket socket = Wire.open(patient.app().port())) {
            socket.getOutputStream().write(Wire.request("GET", "/api/atge/sends-much", Map.of()).getBytes(StandardCharsets.ISO_8859_1));
            settled(sent);
            assertThat(sent.get()).isLessThan(HELD);
            assertThat(Wire.answer(socket.getInputStream(), false).body()).hasSize(whole);
        }
    }

    private static Map<String, String> patient(int port) {
        Map<String, String> settings = new HashMap<>(settings(port));
        settings.put("atge.timeout-ms", "20000");
        return settings;
    }

    private static void send(Socket socket, String head, int bytes, AtomicLong sent) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int done = 0; done < bytes; done += 100_000) {
                out.write(new byte[100_000]);
                sent.addAndGet(100_000);
            }
        } catch (IOException cut) {
            // The test sees how much was taken.
        }
    }

    /** Waits until a count stands still. */
    private static void settled(AtomicLong count) throws InterruptedException {
        for (long last = -1; last != count.get() || last == 0; Thread.sleep(500)) {
            last = count.get();
        }
    }

    @Test
    void silence_is_answered_504_and_a_connection_that_cannot_be_had_502() throws IOException {
        Wire.Answer late = get("/api/atge/silent");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.text()).isEqualTo("{\"success\":false,\"error\":\"The old deployment did not answer in time.\",\"message\":\"The old deployment did not answer in time.\"}");
        assertThat(late.head().get("Content-Type")).isEqualTo("application/json");

        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (TestApp alone = TestApp.on(database, settings(free))) {
            assertThat(Wire.ask(alone.app().port(), Wire.request("GET", "/api/atge/ok", Map.of()), NONE).status()).isEqualTo(502);
        }
    }

    @Test
    void an_answer_that_breaks_off_breaks_off_for_the_client_too() {
        upstream.on("/api/atge/broken-head", (request, in, out) -> out.close());
        upstream.on("/api/atge/broken-body", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.".getBytes(StandardCharsets.ISO_8859_1));
            out.close();
        });
        upstream.on("/api/atge/broken-pieces", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.close();
        });
        upstream.on("/api/atge/stalled-body", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            in.read();
        });
        assertThat(get("/api/atge/broken-head").status()).isEqualTo(502);
        for (String path : List.of("broken-body", "broken-pieces")) {
            same("GET", "/api/atge/" + path, Map.of(), NONE);
        }
        Wire.Answer stalled = get("/api/atge/stalled-body");
        assertThat(stalled.whole()).isFalse();
        assertThat(stalled.text()).isEqualTo("ten bytes.");
    }

    @Test
    void a_slow_answer_that_never_pauses_too_long_is_no_silence() {
        upstream.on("/api/atge/drips", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 8; i++) {
                out.write('a' + i);
                out.flush();
                Thread.sleep(TIMEOUT_MS / 4);
            }
        });
        assertThat(get("/api/atge/drips").text()).isEqualTo("abcdefgh");
    }

    @Test
    void a_client_that_stops_sending_is_not_waited_for_and_blames_nobody() throws IOException {
        for (int i = 0; i < 6; i++) {
            try (Socket socket = Wire.open(port())) {
                socket.getOutputStream().write((Wire.request("POST", "/api/atge/echo", Map.of("Content-Length", "10")) + "half").getBytes(StandardCharsets.ISO_8859_1));
                assertThat(Wire.answer(socket.getInputStream(), false).status()).isEqualTo(408);
            }
        }
        assertThat(get("/api/atge/ok").status()).isEqualTo(200);
    }

    @Test
    void the_circuit_breaker_opens_and_closes_again() throws InterruptedException {
        upstream.on("/api/atge/broken", (request, in, out) -> out.close());
        for (int i = 0; i < 5; i++) {
            assertThat(get("/api/atge/broken").status()).isEqualTo(502);
        }
        long asked = upstream.requests().size();
        Wire.Answer left = get("/api/atge/ok");
        assertThat(left.status()).isEqualTo(503);
        assertThat(left.head().get("Retry-After")).isEqualTo("1");
        assertThat(left.text()).contains("\"success\":false", "\"message\":\"The old deployment does not answer.");
        assertThat(upstream.requests()).as("it is left alone").hasSize((int) asked);
        Thread.sleep(OPEN_MS + 100);
        for (int i = 0; i < 5; i++) {
            assertThat(get("/api/atge/ok").status()).as("call %d after the pause", i).isEqualTo(200);
        }
    }

    @Test
    void errors_that_the_old_deployment_answers_itself_do_not_open_it() {
        upstream.on("/api/atge/fails", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        for (int i = 0; i < 12; i++) {
            assertThat(get("/api/atge/fails").head().first()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        }
        assertThat(get("/api/atge/ok").status()).isEqualTo(200);
    }

    @Test
    void clients_that_leave_do_not_open_it() throws Exception {
        CountDownLatch arrived = new CountDownLatch(12);
        upstream.on("/api/atge/thinks", (request, in, out) -> {
            arrived.countDown();
            in.read();
        });
        for (int i = 0; i < 12; i++) {
            try (Socket socket = Wire.open(port())) {
                socket.getOutputStream().write(Wire.request("GET", "/api/atge/thinks", Map.of()).getBytes(StandardCharsets.ISO_8859_1));
                Thread.sleep(30);
            }
        }
        assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(get("/api/atge/ok").status()).isEqualTo(200);
    }

    @Test
    void an_answer_before_the_end_of_the_request_reaches_the_client() throws Exception {
        upstream.on("/api/atge/too-large", (request, in, out) -> {
            out.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno.".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            in.skipNBytes(1_000);
        });
        try (Socket socket = Wire.open(port())) {
            socket.getOutputStream().write(Wire.request("POST", "/api/atge/too-large", Map.of("Content-Length", "100000")).getBytes(StandardCharsets.ISO_8859_1));
            Wire.Answer answer = Wire.answer(socket.getInputStream(), false);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).isEqualTo("no.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/atge/../quantum/rollout", "/api/atge/%2e%2e/admin", "/api/atge/..%2fadmin", "/api/atge/x/..;/..", "/api/atge/a\\..\\b"})
    void no_path_leads_out_of_the_old_endpoints(String path) {
        int before = upstream.requests().size();
        assertThat(get(path).status()).isBetween(400, 404);
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void the_neutral_endpoint_asks_it_for_users_of_atge_with_who_they_are() {
        java.util.UUID user = java.util.UUID.randomUUID();
        database.execute("INSERT INTO users (id, email) VALUES ('" + user + "', '" + user + "@example.org')");
        upstream.on("/api/atge/generate", OldDeploymentTest::echo);
        String token = TestTokens.user(user);
        var answer = app.send("POST", "/api/trades/generate?timeframe=4h", "{\"symbol\":\"BTC\"}", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Trade-System")).contains("ATGE");
        assertThat(answer.body()).contains("POST /api/atge/generate?timeframe=4h HTTP/1.1", "Authorization: Bearer " + token).endsWith("{\"symbol\":\"BTC\"}");

        upstream.on("/api/atge/generate", "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 7\r\nContent-Length: 35\r\n\r\n{\"error\":\"later\",\"remainingTime\":7}");
        answer = app.send("POST", "/api/trades/generate", null, token);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("{\"error\":\"later\",\"remainingTime\":7}");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");

        upstream.on("/api/atge/generate", (request, in, out) -> in.skipNBytes(1_000));
        assertThat(app.send("POST", "/api/trades/generate", null, token).statusCode()).isEqualTo(504);
        upstream.on("/api/atge/generate", (request, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            in.skipNBytes(1_000);
        });
        assertThat(app.send("POST", "/api/trades/generate", null, token).statusCode()).isEqualTo(504);
    }
}
