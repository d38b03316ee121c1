package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;

class ServeTest {

    @Test
    void serve_says_where_answers_and_ends_in_order_when_told_to() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            long before = connections(database);
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), "quantumbtc.App", "serve")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(Map.of("DATABASE_URL", database.url(), "PORT", "0", "MANAGEMENT_PORT", "0"));
            Process process = builder.start();
            try {
                BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                String line = out.readLine();
                Matcher said = Pattern.compile("quantum-btc serves (http://127\\.0\\.0\\.1:\\d+)/api/docs, "
                        + "management (http://127\\.0\\.0\\.1:\\d+/health/ready)").matcher(String.valueOf(line));
                assertThat(said.matches()).as(line).isTrue();
                assertThat(get(said.group(1) + "/api/quantum/health")).isEqualTo(200);
                assertThat(get(said.group(2))).isEqualTo(200);
                assertThat(get(said.group(1) + "/api/quantum/migrations")).isEqualTo(401);

                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as("ended by the signal, after its own shutdown").isEqualTo(143);
                assertThat(out.readLine()).isNull();
                assertThat(connections(database)).as("no connection is left").isLessThanOrEqualTo(before);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void a_port_that_is_taken_does_not_start() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema(); ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> TestApp.on(database, Map.of("port", port)))
                    .isInstanceOf(Refused.class).hasMessageContaining(port);
            assertThatThrownBy(() -> TestApp.on(database, Map.of("management.port", port)))
                    .isInstanceOf(Refused.class).hasMessageContaining(port);
            assertThatThrownBy(() -> TestApp.on(database, Map.of("port", "4711", "management.port", "4711")))
                    .isInstanceOf(Refused.class).hasMessageContaining("both 4711");
        }
    }

    @Test
    void a_database_without_users_is_not_touched() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThatThrownBy(() -> TestApp.on(database)).isInstanceOf(Refused.class).hasMessageContaining("users");
            assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'quantum_ops'", Long.class)).isZero();
        }
    }

    private static long connections(TestDatabase database) {
        return database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()", Long.class);
    }

    private static int get(String url) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
