package quantumbtc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import net.logstash.logback.encoder.LogstashEncoder;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** What a serving program logs: one line an event, with its ids, and nothing that is secret or somebody's. */
class LogsTest {

    private static final class Kept extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    }

    @Test
    void an_event_is_one_line_with_its_ids_and_no_secret_and_no_body_is_in_any() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger("ROOT");
        LoggerContext context = root.getLoggerContext();
        Kept kept = new Kept();
        kept.setContext(context);
        kept.start();
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        root.addAppender(kept);
        String marker = "a-body-that-nobody-may-read-" + UUID.randomUUID();
        UUID user;
        String token;
        try (TradeApp trade = new TradeApp(Map.of("coinmarketcap.api-key", "the-key-of-coinmarketcap", "alerts.slack-webhook", "http://127.0.0.1:1/the-webhook"))) {
            user = trade.user();
            token = TestTokens.user(user);
            assertThat(trade.generate(user, "the-idempotency-key").statusCode()).isEqualTo(200);
            trade.app().post("/api/quantum/validate-btc-trades", "{\"cronSecret\":\"" + TestApp.CRON_SECRET + "\",\"x\":\"" + marker + "\"}", null);
            trade.app().post("/api/quantum/maintenance", "{\"from\":\"" + marker + "\"}", TestTokens.admin(UUID.randomUUID()));
            trade.app().post("/api/quantum/validate-btc-trades", "{\"cronSecret\":\"" + marker + "\"}", null);
            trade.app().replace("market-pure", exchange -> {
                throw new IllegalStateException("a fault of the test's");
            });
            assertThat(trade.generate(trade.user(), null).statusCode()).isEqualTo(500);
        } finally {
            root.detachAppender(kept);
            root.setLevel(before);
        }

        ILoggingEvent made = one(kept, "trade ");
        assertThat(made.getFormattedMessage()).contains("made for user " + user).doesNotContain("\n");
        ILoggingEvent judged = one(kept, "validation ");
        assertThat(judged.getFormattedMessage()).contains("trades judged in");
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.start();
        JsonNode line = new ObjectMapper().readTree(encoder.encode(made));
        assertThat(line.path("userId").asText()).isEqualTo(user.toString());
        assertThat(line.path("tradeId").asText()).hasSize(36);
        assertThat(line.path("message").asText()).startsWith("trade ");
        for (ILoggingEvent event : kept.events) {
            String all = new String(encoder.encode(event));
            assertThat(all.strip()).as("one line").doesNotContain("\n");
            assertThat(all).doesNotContain(marker, token, TestTokens.SECRET, TestApp.CRON_SECRET, "the-key-of-coinmarketcap", "the-webhook",
                    "the-idempotency-key");
        }
        assertThat(kept.events).extracting(ILoggingEvent::getFormattedMessage).contains("POST /api/quantum/generate-btc-trade failed");
    }

    @Test
    void the_setting_makes_every_line_json_and_a_wrong_one_is_refused() throws Exception {
        try (TestDatabase database = TestDatabase.withSchema()) {
            Process json = command(database, "json", "maintenance", "plan", "--from", "2098-01-01T00:00:00Z", "--to", "2098-01-01T01:00:00Z", "--what", "x");
            List<String> lines = new String(json.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(json.waitFor()).isZero();
            assertThat(lines).isNotEmpty();
            for (String line : lines) {
                assertThat(new ObjectMapper().readTree(line).path("message").asText()).isNotBlank();
            }
            Process wrong = command(database, "xml", "alerts");
            assertThat(new String(wrong.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("log.format is xml", "[text, json]");
            assertThat(wrong.waitFor()).isEqualTo(3);
        }
    }

    @Test
    void a_message_of_many_lines_and_a_stack_trace_are_one_line_of_text() throws Exception {
        Process process = program("text", Complaint.class).start();
        List<String> lines = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z WARN .* one \\| two");
        assertThat(lines.get(1)).contains("it failed | java.lang.IllegalStateException: first | second | at ").doesNotEndWith("| ");
    }

    /** A program that logs what would break lines. */
    public static final class Complaint {

        public static void main(String[] arguments) {
            LoggerFactory.getLogger("quantumbtc.Complaint").warn("one\r\n  two\n");
            LoggerFactory.getLogger("quantumbtc.Complaint").error("it failed", new IllegalStateException("first\nsecond"));
        }
    }

    private static Process command(TestDatabase database, String format, String... words) throws IOException {
        ProcessBuilder builder = program(format, App.class, words);
        builder.environment().put("DATABASE_URL", database.url());
        return builder.start();
    }

    private static ProcessBuilder program(String format, Class<?> program, String... words) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-Dlog.format=" + format, "-cp", System.getProperty("java.class.path"), program.getName()));
        line.addAll(List.of(words));
        return new ProcessBuilder(line);
    }

    private static ILoggingEvent one(Kept kept, String begin) {
        List<ILoggingEvent> found = kept.events.stream().filter(event -> event.getLoggerName().startsWith("quantumbtc"))
                .filter(event -> event.getFormattedMessage().startsWith(begin)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
