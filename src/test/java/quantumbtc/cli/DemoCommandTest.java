package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.testing.TestDatabase;

class DemoCommandTest {

    private static final Pattern CURL = Pattern.compile("curl -s (-X POST )?-H \"Authorization: Bearer (\\S+)\" '?(http[^' ]+)'?");

    @TempDir
    private Path folder;

    private Process start(TestDatabase database, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "quantumbtc.App"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("DATABASE_URL", database.url(), "DATA_DIRECTORY", folder.toString(), "PORT", "0", "MANAGEMENT_PORT", "0",
                // Out of the way of a full hour.
                "VALIDATION_CRON", "0 0 0 1 1 ? 2098"));
        return builder.start();
    }

    @Test
    void every_request_that_the_demo_prints_is_answered_without_network_or_keys() throws Exception {
        try (TestDatabase database = TestDatabase.empty()) {
            Process process = start(database, "demo", "--rows", "1000");
            try {
                List<String> said = read(process);
                String token = said.stream().filter(line -> line.startsWith("  TOKEN=")).findFirst().orElseThrow().substring(8);
                List<String> bodies = new ArrayList<>();
                for (String line : said) {
                    Matcher curl = CURL.matcher(line);
                    if (curl.find()) {
                        bodies.add(answer(curl, token));
                    }
                }
                assertThat(bodies).hasSize(4).allSatisfy(body -> assertThat(body).startsWith("{\"success\":true,"));
                assertThat(bodies.get(0)).contains("\"replayed\":true").doesNotContain("\"replayed\":false");
                assertThat(bodies.get(1)).contains("\"next\":");
                assertThat(bodies.get(2)).contains("\"tradesValidated\":").doesNotContain("\"tradesValidated\":0");
                assertThat(bodies.get(3)).contains("\"recentTrades\":[{");
                assertThat(folder.resolve("demo-replay.url")).exists();
                Process beside = start(database, "validate", "--json");
                String report = new String(beside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(beside.waitFor()).as("a command beside the demo judges by its replay: %s", report).isZero();
            } finally {
                process.destroy();
                process.waitFor();
            }
            assertThat(folder.resolve("demo-replay.url")).doesNotExist();
        }
    }

    /** Up to the last request that is printed. */
    private static List<String> read(Process process) throws Exception {
        List<String> said = new ArrayList<>();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.contains("performance-dashboard")) {
                return said;
            }
        }
        throw new AssertionError("the demo ended: " + said);
    }

    private static String answer(Matcher curl, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(curl.group(3)))
                .header("Authorization", "Bearer " + curl.group(2).replace("$TOKEN", token));
        if (curl.group(1) != null) {
            request.POST(HttpRequest.BodyPublishers.noBody());
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
