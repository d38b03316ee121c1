package quantumbtc.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.demo.LegacyData;
import quantumbtc.docs.ConsolePage.Command;
import quantumbtc.docs.ConsolePage.Part;
import quantumbtc.docs.ConsolePage.Text;
import quantumbtc.http.Access;
import quantumbtc.http.AccessTable;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/**
 * docs/api.md tells the truth: each of its commands is run as it is written, by a shell with curl, from the first to the last
 * against one program, and answers what the page shows. The page is the source; {@code -Ddocs.write=true} writes the answers anew.
 */
class ApiPageTest {

    private static final Path PAGE = Path.of("docs/api.md");
    private static final Pattern KEPT = Pattern.compile("`\\$(\\w+)` is `([\\w.]+)` of this answer");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+) (/api/\\S+)` \\| ([a-z ]+) \\|.*");
    private static final Map<String, Access> WHO = Map.of("anybody", Access.OPEN, "user", Access.USER, "admin", Access.ADMIN, "cron secret", Access.CRON);
    private static final int MANY_FIELDS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private Answer last;

    @Test
    void every_command_answers_what_the_page_shows_and_no_endpoint_is_left_out() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "curl is not on the PATH");
        boolean write = Boolean.getBoolean("docs.write");
        List<Part> written = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Set<String> called = new TreeSet<>();
        Set<Set<String>> shapes = new HashSet<>();
        try (TradeApp trade = deployment()) {
            for (Part part : ConsolePage.read(PAGE).parts()) {
                if (part instanceof Command command) {
                    Answer shown = write ? null : Answer.read(String.join("\n", command.answer()));
                    Answer actual = ask(trade, command.line(), shown);
                    last = actual;
                    if (!write) {
                        shown.differences(actual).forEach(difference -> wrong.add(command.line() + "\n    " + difference));
                    }
                    called.add(method(command.line()) + " " + path(command.line()));
                    boolean known = actual.shape().size() > MANY_FIELDS && !shapes.add(actual.shape());
                    written.add(new Command(command.line(), known ? actual.brief().lines() : actual.lines()));
                } else if (part instanceof Text text) {
                    read(trade, text.line());
                    written.add(text);
                }
            }
            if (write) {
                new ConsolePage(written).write(PAGE);
            }
            assertThat(wrong).as("what the page says otherwise than the program").isEmpty();
            assertThat(endpoints(trade)).isNotEmpty().allSatisfy(endpoint -> assertThat(called).as("commands for " + endpoint)
                    .anySatisfy(call -> assertThat(call).matches(endpoint.replaceAll("\\{\\w+}", "[^/]+"))));
        }
    }

    @Test
    void its_tables_name_every_endpoint_with_who_may_call_it() throws IOException {
        AccessTable table = new AccessTable();
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(table.of(row.group(2))).as(line).containsEntry(row.group(1), WHO.get(row.group(3)));
                named.add(row.group(1) + " " + row.group(2));
            }
        }
        try (TestDatabase database = TestDatabase.withSchema(); TestApp app = TestApp.on(database)) {
            assertThat(named).isEqualTo(operations(TradeApp.json(app.get("/api/openapi.json", null))));
        }
    }

    /** A deployment with real prices and bad rows, not migrated yet. A run copies so slowly that it can be steered. */
    private TradeApp deployment() {
        TestDatabase database = TestDatabase.empty();
        new LegacyData(database.database(), Clock.systemUTC()).write(4_000, 20, 7);
        database.schema().apply();
        UUID user = database.value("SELECT user_id FROM atge_trade_signals GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1", UUID.class);
        // As many signals in a day as are let in would leave none to be asked for.
        database.execute("DELETE FROM atge_trade_signals WHERE id IN (SELECT id FROM atge_trade_signals WHERE user_id = '" + user
                + "' AND generated_at > now() - interval '25 hours' ORDER BY generated_at DESC OFFSET 10)");
        Date tomorrow = Date.from(Instant.now().plus(Duration.ofDays(1)));
        variables.put("TOKEN", TestTokens.sign(TestTokens.claims(user).expirationTime(tomorrow).build()));
        variables.put("ADMIN_TOKEN", TestTokens.sign(TestTokens.claims(UUID.randomUUID()).claim("role", "admin").expirationTime(tomorrow).build()));
        variables.put("CRON_SECRET", TestApp.CRON_SECRET);
        return new TradeApp(database, Map.of("migration.rows-per-second", "150", "migration.chunk-rows", "100", "data.directory", folder.toString(),
                "alerts.look-ms", "500",
                // The program's clock is ahead of the database's here.
                "migration.stall-seconds", "86400"));
    }

    /** Between the commands: a minute passes at each heading, and what a text says is kept or happens. */
    private void read(TradeApp trade, String line) throws InterruptedException {
        Matcher kept = KEPT.matcher(line);
        if (kept.find()) {
            variables.put(kept.group(1), last.value(kept.group(2)));
        }
        if (line.startsWith("## ")) {
            trade.clock().advance(Duration.ofSeconds(61));
        }
        if (line.startsWith("Here ATGE has just changed a trade")) {
            trade.database().execute("UPDATE atge_trade_signals SET confidence_score = 1 WHERE id = (SELECT id FROM atge_trade_signals WHERE user_id = '"
                    + variables.get("MY_ID") + "' AND id IN (SELECT id FROM btc_trades) LIMIT 1)");
            for (Instant end = Instant.now().plus(PATIENCE); trade.database().count("quantum_ops.sync_conflicts WHERE state = 'OPEN'") == 0; ) {
                assertThat(Instant.now()).as("the change has come").isBefore(end);
                Thread.sleep(100);
            }
        }
    }

    /** What is only looked at is asked again until it has come to what the page shows; when the page is written, until a run is over. */
    private Answer ask(TradeApp trade, String command, Answer shown) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        Answer answer = Answer.read(run(trade, command));
        while (method(command).equals("GET") && Instant.now().isBefore(end)
                && (shown == null ? answer.body().path("state").asText().equals("RUNNING") : !shown.differences(answer).isEmpty())) {
            Thread.sleep(500);
            answer = Answer.read(run(trade, command));
        }
        return answer;
    }

    private String run(TradeApp trade, String command) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command.replace("http://127.0.0.1:8080", "http://127.0.0.1:" + trade.app().app().port()));
        shell.environment().putAll(variables);
        Process process = shell.redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + answer).isZero();
        return answer;
    }

    private static String method(String command) {
        Matcher method = Pattern.compile(" -X (\\w+)").matcher(command);
        return method.find() ? method.group(1) : "GET";
    }

    private static String path(String command) {
        Matcher path = Pattern.compile("http://127\\.0\\.0\\.1:8080([^ ?'\"]*)").matcher(command);
        assertThat(path.find()).as(command).isTrue();
        return path.group(1);
    }

    private static Set<String> endpoints(TradeApp trade) {
        return operations(TradeApp.json(trade.app().get("/api/openapi.json", null)));
    }

    private static Set<String> operations(JsonNode description) {
        Set<String> operations = new TreeSet<>();
        description.path("paths").fields().forEachRemaining(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return operations;
    }
}
