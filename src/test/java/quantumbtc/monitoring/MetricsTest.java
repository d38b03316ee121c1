package quantumbtc.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** What /metrics says of a running program, and whether the files in ops/ ask for nothing else. */
class MetricsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> WORDS = Set.of("sum", "avg", "max", "min", "count", "rate", "increase", "histogram_quantile", "by", "without",
            "on", "and", "or", "unless", "absent", "time", "clamp_min", "le", "vector", "for", "ignoring", "group_left", "changes");
    private static TradeApp trade;

    @BeforeAll
    static void start() {
        trade = new TradeApp(Map.of("metrics.kept-ms", "0", "alerts.look-ms", "86400000"));
        UUID user = trade.user();
        trade.generate(user, null);
        trade.get("/api/quantum/trades", user);
        trade.app().get("/api/quantum/trades", null);
        trade.app().app().ask("trade-validate", "command", Object.class);
        TestDatabase database = trade.database();
        database.execute("INSERT INTO quantum_ops.verification_rounds (finished_at, rows_compared, differences, settled_differences) "
                + "VALUES (now(), 10, 0, 0);"
                + "INSERT INTO quantum_ops.migration_runs (run_id, source_table, state, step, host, pid, process_started_at, workers, progressed_at, "
                + "started_at, heartbeat_at, candidate_rows, rows_done, rate) VALUES (gen_random_uuid(), 't', 'RUNNING', 'copy', 'h', 1, now(), 1, now(), "
                + "now(), now(), 100, 40, 7);"
                + "INSERT INTO public.prediction_accuracy_database (total_trades, trades_hit, trades_not_hit, trades_invalidated, trades_expired, "
                + "overall_accuracy_rate, total_anomalies, fatal_anomalies, system_suspensions, period_start, period_end) "
                + "VALUES (2, 1, 1, 0, 0, 50, 0, 0, 0, '2099-01-01', '2099-01-02')");
    }

    @AfterAll
    static void stop() {
        trade.close();
    }

    private static String metrics(TestApp app) {
        return app.send(HttpRequest.newBuilder(app.management("/metrics")).timeout(Duration.ofSeconds(10)).GET()).body();
    }

    private static Set<String> names(String metrics) {
        Set<String> names = new TreeSet<>();
        metrics.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            Matcher name = NAME.matcher(line);
            if (name.lookingAt()) {
                names.add(name.group());
            }
        });
        return names;
    }

    @Test
    void requests_are_counted_by_endpoint_and_status_and_never_by_path() {
        UUID user = trade.user();
        trade.get("/api/quantum/trade-details/" + UUID.randomUUID(), user);
        String metrics = metrics(trade.app());
        assertThat(metrics).contains("quantum_btc_http_requests_seconds_count{endpoint=\"/api/quantum/trades\",method=\"GET\",status=\"200\"}",
                "quantum_btc_http_requests_seconds_count{endpoint=\"/api/quantum/trades\",method=\"GET\",status=\"401\"}",
                "quantum_btc_http_requests_seconds_count{endpoint=\"/api/quantum/trade-details/{tradeId}\",method=\"GET\",status=\"404\"}",
                "quantum_btc_http_requests_seconds_bucket{endpoint=\"/api/quantum/generate-btc-trade\"");
        assertThat(metrics).doesNotContain(user.toString());
    }

    @Test
    void what_the_database_knows_is_there_with_its_value() throws InterruptedException {
        String metrics = metrics(trade.app());
        // Calls are written to their log a moment after they were made, several at a time.
        for (Instant end = Instant.now().plusSeconds(10); !metrics.contains("reliability_percent{source=\"Kraken\"}") && Instant.now().isBefore(end); ) {
            Thread.sleep(100);
            metrics = metrics(trade.app());
        }
        assertThat(metrics).contains("quantum_btc_database_up 1.0", "quantum_btc_source_reliability_percent{source=\"Kraken\"} 100.0",
                "quantum_btc_trades{status=\"ACTIVE\"} 1.0", "quantum_btc_validation_runs{state=\"FINISHED\"} 1.0",
                "quantum_btc_migration_rows_left 60.0", "quantum_btc_alerts_open{level=\"CRITICAL\"} 0.0", "hikaricp_connections_active{pool=\"quantum-btc\"}",
                "camel_exchanges_total{");
        assertThat(metrics).contains("# HELP quantum_btc_source_latency_p95_seconds");
    }

    @Test
    void what_is_not_known_is_absent_and_not_zero() {
        try (TestDatabase database = TestDatabase.withSchema();
             TestApp app = TestApp.on(database, Map.of("metrics.kept-ms", "0", "alerts.look-ms", "86400000", "validation.cron", "0 0 0 1 1 ? 2098"))) {
            assertThat(names(metrics(app))).contains("quantum_btc_database_up", "quantum_btc_alerts_open")
                    .doesNotContain("quantum_btc_quality_score", "quantum_btc_accuracy_percent", "quantum_btc_validation_age_seconds",
                            "quantum_btc_source_reliability_percent", "quantum_btc_migration_rows_left", "quantum_btc_trades");
            database.execute("DROP SCHEMA quantum_ops CASCADE");
            assertThat(names(metrics(app))).as("after a rollback").contains("quantum_btc_database_up").doesNotContain("quantum_btc_alerts_open");
        }
    }

    @Test
    void the_shipped_dashboard_and_rules_ask_only_for_what_is_exported() throws IOException {
        Set<String> exported = names(metrics(trade.app()));
        List<String> expressions = new ArrayList<>();
        JsonNode dashboard = JSON.readTree(Path.of("ops/grafana-dashboard.json").toFile());
        dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));
        assertThat(expressions).hasSizeGreaterThan(15);
        assertThat(dashboard.path("panels").findValues("id")).doesNotHaveDuplicates();
        JsonNode rules = YAML.readTree(Path.of("ops/prometheus-alerts.yaml").toFile());
        rules.path("groups").forEach(group -> group.path("rules").forEach(rule -> {
            assertThat(rule.path("alert").asText()).isNotBlank();
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning", "info");
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("for").asText("0m")).matches("\\d+[smh]");
            expressions.add(rule.path("expr").asText());
        }));
        for (String expression : expressions) {
            assertBalanced(expression);
            Set<String> named = metricsIn(expression);
            assertThat(named).as(expression).isNotEmpty();
            assertThat(exported).as(expression).containsAll(named);
            assertLabels(expression, metrics(trade.app()));
        }
    }

    @Test
    void the_page_lists_every_number_of_ours_and_no_other() throws IOException {
        Set<String> listed = new TreeSet<>();
        Matcher name = Pattern.compile("`(quantum_btc_[a-z0-9_]+)`").matcher(Files.readString(Path.of("docs/monitoring.md")));
        while (name.find()) {
            listed.add(name.group(1));
        }
        Set<String> exported = new TreeSet<>();
        for (String one : names(metrics(trade.app()))) {
            if (one.startsWith("quantum_btc_")) {
                exported.add(one.replaceFirst("http_requests_seconds_.*", "http_requests_seconds"));
            }
        }
        assertThat(listed).isEqualTo(exported);
    }

    /** Labels that an expression selects or groups by belong to a metric that it names. */
    private static void assertLabels(String expression, String metrics) {
        Matcher selected = Pattern.compile("(\\w+)\\{([^}]*)}").matcher(expression);
        while (selected.find()) {
            for (String label : selected.group(2).split(",")) {
                assertThat(metrics).as(expression).containsPattern("(?m)^" + selected.group(1) + "\\{[^}]*\\b" + label.split("[=!~]")[0].strip() + "=");
            }
        }
        Matcher grouped = Pattern.compile("\\bby\\s*\\(([^)]*)\\)").matcher(expression);
        while (grouped.find()) {
            for (String label : grouped.group(1).split(",")) {
                assertThat(metricsIn(expression)).as(expression + ": " + label).anySatisfy(name ->
                        assertThat(metrics).containsPattern("(?m)^" + name + "\\{[^}]*\\b" + label.strip() + "="));
            }
        }
    }

    /** The names that are left when texts, label lists, ranges and the language's own words are taken away. */
    private static Set<String> metricsIn(String expression) {
        String bare = expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}", "").replaceAll("\\[[^]]*]", "")
                .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", "");
        Set<String> named = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            if (!WORDS.contains(name.group()) && !name.group().equals("up")) {
                named.add(name.group());
            }
        }
        return named;
    }

    private static void assertBalanced(String expression) {
        List<Character> open = new ArrayList<>();
        for (char c : expression.replaceAll("\"[^\"]*\"", "").toCharArray()) {
            if ("([{".indexOf(c) >= 0) {
                open.add(c);
            } else if (")]}".indexOf(c) >= 0) {
                assertThat(open).as(expression).isNotEmpty();
                assertThat("([{".indexOf(open.remove(open.size() - 1))).as(expression).isEqualTo(")]}".indexOf(c));
            }
        }
        assertThat(open).as(expression).isEmpty();
        assertThat(expression).doesNotContain("NaN").doesNotMatch(".*[<>=+*/-]\\s*$");
    }

    @Test
    void the_report_for_operators_has_its_parts() {
        String admin = TestTokens.admin(UUID.randomUUID());
        JsonNode health = TradeApp.json(trade.app().get("/api/quantum/monitoring?type=health", admin)).path("health");
        assertThat(health.path("database").path("status").asText()).isEqualTo("UP");
        assertThat(health.path("measures").path("sources")).isNotEmpty();
        JsonNode summary = TradeApp.json(trade.app().get("/api/quantum/monitoring", admin));
        assertThat(summary.has("health") && summary.has("performance") && summary.has("alerts")).isTrue();
        assertThat(TradeApp.json(trade.app().get("/api/quantum/monitoring?type=performance", admin)).path("performance").path("totalTrades").asInt())
                .isEqualTo(1);
        assertThat(trade.app().get("/api/quantum/monitoring?type=cache", admin).statusCode()).isEqualTo(400);
        assertThat(trade.app().get("/api/quantum/monitoring", TestTokens.user(UUID.randomUUID())).statusCode()).isEqualTo(403);
        assertThat(trade.app().get("/api/quantum/monitoring/alerts", null).statusCode()).isEqualTo(401);
    }
}
