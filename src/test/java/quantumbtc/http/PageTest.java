package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

/** The page and its parts as bytes over HTTP; what it shows is tested in a browser. */
class PageTest {

    private static final int LARGEST_DOWNLOAD = 150_000;
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestDatabase database;
    private static TestApp app;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        app = TestApp.on(database);
    }

    @AfterAll
    static void stop() {
        app.close();
        database.close();
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(app.uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    @Test
    void each_answer_of_the_page_has_a_nonce_of_its_own_and_allows_nothing_else() {
        Pattern nonced = Pattern.compile("script-src 'nonce-([A-Za-z0-9+/=]{20,})'; style-src 'nonce-");
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> page = send("GET", "/");
            assertThat(page.statusCode()).isEqualTo(200);
            String policy = header(page, "Content-Security-Policy");
            Matcher matcher = nonced.matcher(policy);
            assertThat(matcher.find()).as(policy).isTrue();
            assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe").contains("frame-ancestors 'none'");
            String html = new String(page.body(), StandardCharsets.UTF_8);
            assertThat(html).contains("nonce=\"" + matcher.group(1) + "\"").doesNotContain("{{").contains("<link rel=\"modulepreload\" nonce=\"" + matcher.group(1) + "\" href=\"/ui/dom.js\">").doesNotContain("style=\"").doesNotContain("onclick");
            assertThat(header(page, "Cache-Control")).contains("no-store");
            seen.add(matcher.group(1));
        }
        assertThat(seen).hasSize(20);
    }

    @Test
    void everything_together_is_a_small_download_and_comes_from_here() throws IOException {
        HttpResponse<byte[]> page = send("GET", "/", "Accept-Encoding", "gzip");
        String html = unpacked(page);
        TreeSet<String> paths = new TreeSet<>();
        Matcher links = Pattern.compile("(?:href|src)=\"([^\"#]+)\"").matcher(html);
        while (links.find()) {
            paths.add(links.group(1));
        }
        assertThat(paths).contains("/ui/app.js", "/ui/app.css").allMatch(path -> path.startsWith("/ui/") || path.startsWith("/api/docs"));
        paths.removeIf(path -> !path.startsWith("/ui/"));
        TreeSet<String> all = new TreeSet<>(paths);
        for (List<String> left = List.copyOf(paths); !left.isEmpty(); ) {
            TreeSet<String> found = new TreeSet<>();
            for (String path : left) {
                Matcher imports = Pattern.compile("from \"\\./([a-z]+\\.js)\"").matcher(unpacked(send("GET", path, "Accept-Encoding", "gzip")));
                while (imports.find()) {
                    found.add("/ui/" + imports.group(1));
                }
            }
            found.removeAll(all);
            all.addAll(found);
            left = List.copyOf(found);
        }
        int total = page.body().length;
        for (String path : all) {
            HttpResponse<byte[]> part = send("GET", path, "Accept-Encoding", "gzip");
            assertThat(part.statusCode()).as(path).isEqualTo(200);
            assertThat(header(part, "X-Content-Type-Options")).isEqualTo("nosniff");
            total += part.body().length;
        }
        assertThat(all).contains("/ui/trade.js", "/ui/uPlot.iife.min.js");
        assertThat(total).as("bytes of the whole page, compressed").isLessThan(LARGEST_DOWNLOAD).isGreaterThan(20_000);
    }

    @Test
    void a_large_answer_is_compressed_for_who_takes_it_and_says_the_same() throws IOException {
        assertThat(send("GET", "/api/quantum/health", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding")).as("too small to be worth it").isEmpty();
        String admin = "Bearer " + TestTokens.admin(UUID.randomUUID());
        HttpResponse<byte[]> phases = send("GET", "/api/quantum/phases", "Accept-Encoding", "gzip, br", "Authorization", admin);
        assertThat(header(phases, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(unpacked(phases)).isEqualTo(new String(send("GET", "/api/quantum/phases", "Authorization", admin).body(), StandardCharsets.UTF_8));
        assertThat(header(phases, "Cache-Control")).contains("no-store");
    }

    private static String unpacked(HttpResponse<byte[]> answer) throws IOException {
        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        return new String(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void an_unchanged_part_is_not_sent_again() {
        HttpResponse<byte[]> first = send("GET", "/ui/app.js");
        assertThat(header(first, "Content-Type")).startsWith("text/javascript");
        HttpResponse<byte[]> again = send("GET", "/ui/app.js", "If-None-Match", header(first, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", "/ui/app.js", "If-None-Match", "\"other\"").body()).isEqualTo(first.body());
    }

    @Test
    void head_tells_the_same_without_a_body() {
        HttpResponse<byte[]> head = send("HEAD", "/ui/app.css");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(send("GET", "/ui/app.css").body().length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/", "/ui/index.html", "/ui/other.js", "/ui/../application.properties", "/ui/%2e%2e/schema/V001__quantum_tables.sql",
        "/dashboard/app.js", "/META-INF/MANIFEST.MF", "/index.html"})
    void nothing_else_can_be_had(String path) {
        HttpResponse<byte[]> answer = send("GET", path);
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"success\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ui/app.js"})
    void it_is_only_read(String path) {
        for (String method : List.of("POST", "PUT", "DELETE")) {
            HttpResponse<byte[]> answer = send(method, path);
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
        }
    }
}
