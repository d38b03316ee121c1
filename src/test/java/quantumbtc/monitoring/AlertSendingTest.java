package quantumbtc.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.market.Source;
import quantumbtc.market.replay.Fault;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.Receiver;
import quantumbtc.testing.Receiver.Received;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** Alerts on their way out of the running program: to a webhook, to Slack, by mail; with endpoints and a database that fail. */
class AlertSendingTest {

    private static final String FIRED = "\"kind\":\"FIRED\"";
    private static final String RESOLVED = "\"kind\":\"RESOLVED\"";

    @TempDir
    private Path folder;

    private Receiver receiver;

    @BeforeEach
    void listen() {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private Map<String, String> settings(String endpoints) {
        return new HashMap<>(Map.of("alerts.endpoints", endpoints, "alerts.look-ms", "200", "alerts.send-ms", "100",
                "validation.cron", "0 0 0 1 1 ? 2098"));
    }

    private static String late(Instant now) {
        return "INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at, finished_at) VALUES "
                + "(gen_random_uuid(), 'FINISHED', 'timer', 'p', '" + now + "', '" + now + "', '" + now.minus(Duration.ofHours(2)) + "')";
    }

    @Test
    void a_webhook_slack_and_a_mailbox_are_each_told_once_and_told_that_it_is_over() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Map<String, String> settings = settings(receiver.url("/hook") + ",direct:monitoring-slack,smtp://127.0.0.1:" + mail.getSmtp().getPort()
                + "?from=quantum@example.org&to=ops@example.org");
        settings.put("alerts.slack-webhook", receiver.url("/services/T0/B0/secret"));
        try (TestDatabase database = TestDatabase.withSchema(); TestApp app = TestApp.on(database, settings, clock)) {
            database.execute(late(clock.instant()));
            assertThat(receiver.await(2, "validation-late")).hasSize(2);
            assertThat(mail.waitForIncomingEmail(60_000, 1)).isTrue();
            database.execute("UPDATE quantum_ops.validation_runs SET finished_at = '" + clock.instant() + "'");
            assertThat(receiver.await(4, "validation-late")).hasSize(4);
            assertThat(mail.waitForIncomingEmail(60_000, 2)).isTrue();

            List<Received> hook = receiver.all(one -> one.path().equals("/hook"));
            assertThat(hook).extracting(Received::contentType).containsOnly("application/json");
            assertThat(hook).extracting(Received::method).containsOnly("POST");
            assertThat(hook.get(0).body()).contains(FIRED, "\"level\":\"CRITICAL\"", "No validation finished for 120 minutes");
            assertThat(hook.get(1).body()).contains(RESOLVED, "over after");
            List<Received> slack = receiver.all(one -> one.path().equals("/services/T0/B0/secret"));
            assertThat(slack.get(0).body()).startsWith("{\"text\":\"CRITICAL validation-late: No validation finished for 120 minutes").endsWith("\"}");
            assertThat(slack.get(1).body()).startsWith("{\"text\":\"RESOLVED validation-late: over after");
            MimeMessage[] mails = mail.getReceivedMessages();
            assertThat(mails).hasSize(2);
            assertThat(mails[0].getSubject()).startsWith("Quantum BTC: CRITICAL validation-late: No validation finished");
            assertThat(mails[0].getAllRecipients()[0].toString()).isEqualTo("ops@example.org");
            assertThat(mails[0].getContent().toString()).startsWith("CRITICAL validation-late");
            assertThat(mails[1].getSubject()).contains("RESOLVED");

            waitUntilSent(database);
            assertThat(database.value("SELECT string_agg(n::text, ' ') FROM quantum_ops.alert_notices n", String.class))
                    .as("no address of an endpoint is in the database").doesNotContain("secret", "127.0.0.1", "example.org");
            JsonNode shown = TradeApp.json(app.get("/api/quantum/monitoring/alerts", TestTokens.admin(UUID.randomUUID())));
            assertThat(shown.path("alerts").get(0).path("rule").asText()).isEqualTo("validation-late");
            assertThat(shown.path("alerts").get(0).path("resolvedAt").isNull()).isFalse();
            assertThat(shown.path("alerts").get(0).path("unsent").asInt()).isZero();
        } finally {
            mail.stop();
        }
    }

    @Test
    void two_nodes_together_tell_each_alert_and_each_maintenance_once_by_webhook_and_by_mail() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Map<String, String> settings = settings(receiver.url("/hook") + ",smtp://127.0.0.1:" + mail.getSmtp().getPort()
                + "?from=quantum@example.org&to=ops@example.org");
        try (TestDatabase database = TestDatabase.withSchema(); TestApp one = TestApp.on(database, settings, clock);
             TestApp two = TestApp.on(database, settings, clock)) {
            Instant from = clock.instant().plus(Duration.ofHours(25));
            String window = "Database upgrade, from " + from + " to " + from.plusSeconds(3_600);
            String admin = TestTokens.admin(UUID.randomUUID());
            String id = TradeApp.json(one.post("/api/quantum/maintenance", "{\"from\":\"" + from + "\",\"to\":\"" + from.plusSeconds(3_600)
                    + "\",\"what\":\"Database upgrade\"}", admin)).path("id").asText();
            database.execute(late(clock.instant()));
            assertThat(receiver.await(1, FIRED)).hasSize(1);
            assertThat(receiver.all(received -> received.body().contains("Maintenance"))).as("it is more than a day away").isEmpty();

            waitUntilSent(database);
            clock.advance(Duration.ofHours(1));
            assertThat(receiver.await(1, "Maintenance: " + window)).hasSize(1);
            assertThat(mail.waitForIncomingEmail(60_000, 2)).isTrue();
            two.send("DELETE", "/api/quantum/maintenance/" + id, null, admin);
            database.execute("UPDATE quantum_ops.validation_runs SET finished_at = '" + clock.instant() + "'");
            assertThat(receiver.await(1, RESOLVED)).hasSize(1);
            assertThat(receiver.await(1, "CANCELLED, " + window)).hasSize(1);
            assertThat(mail.waitForIncomingEmail(60_000, 4)).isTrue();

            // Long enough for both to look and to send some times more.
            Thread.sleep(1_500);
            assertThat(receiver.all(received -> true)).as("each once").hasSize(4);
            assertThat(mail.getReceivedMessages()).as("each once").hasSize(4);
            assertThat(mail.getReceivedMessages()).extracting(MimeMessage::getSubject).satisfiesOnlyOnce(subject ->
                    assertThat(subject).isEqualTo("Quantum BTC: Maintenance: " + window)).satisfiesOnlyOnce(subject ->
                    assertThat(subject).isEqualTo("Quantum BTC: Maintenance: CANCELLED, " + window));
        } finally {
            mail.stop();
        }
    }

    @Test
    void an_endpoint_that_refuses_is_asked_again_and_the_others_are_not_told_twice() throws Exception {
        SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        try (Receiver healthy = new Receiver(); TestDatabase database = TestDatabase.withSchema()) {
            receiver.answer(500);
            Map<String, String> settings = settings(receiver.url("/down") + "," + healthy.url("/up"));
            try (TestApp app = TestApp.on(database, settings, clock)) {
                database.execute(late(clock.instant()));
                assertThat(healthy.await(1, FIRED)).hasSize(1);
                assertThat(receiver.await(1, FIRED)).hasSize(1);
            }
            assertThat(database.value("SELECT failure FROM quantum_ops.alert_notices WHERE sent_at IS NULL", String.class))
                    .isEqualTo("HttpOperationFailedException");
            receiver.answer(200);
            clock.advance(Duration.ofMinutes(4));
            // After a restart, too.
            try (TestApp again = TestApp.on(database, settings, clock)) {
                assertThat(receiver.await(2, FIRED)).hasSize(2);
                waitUntilSent(database);
                clock.advance(Duration.ofMinutes(30));
                database.execute("UPDATE quantum_ops.validation_runs SET finished_at = '" + clock.instant() + "'");
                assertThat(receiver.await(1, RESOLVED)).hasSize(1);
                assertThat(healthy.await(1, RESOLVED)).hasSize(1);
                assertThat(receiver.all(one -> one.body().contains(FIRED))).hasSize(2);
                assertThat(healthy.all(one -> one.body().contains(FIRED))).hasSize(1);
            }
        }
    }

    @Test
    void sources_that_all_fail_are_told_and_so_is_their_return() throws Exception {
        try (TradeApp trade = new TradeApp(settings(receiver.url("/hook")))) {
            for (Source source : Source.values()) {
                trade.replay().with(source, Fault.DOWN);
            }
            trade.app().app().ask("market-assess", null, Object.class);
            assertThat(receiver.await(1, "all-sources-failing")).hasSize(1).first().extracting(Received::body).asString()
                    .contains("100.0 % of", FIRED);
            assertThat(receiver.await(1, "error-rate")).hasSize(1);

            trade.replay().heal();
            trade.clock().advance(Duration.ofMinutes(6));
            trade.app().app().ask("market-assess", null, Object.class);
            assertThat(receiver.await(2, "all-sources-failing")).hasSize(2).last().extracting(Received::body).asString().contains(RESOLVED);
        }
    }

    @Test
    void an_empty_mempool_suspends_and_that_is_told_and_shown_until_it_is_over() throws Exception {
        try (TradeApp trade = new TradeApp(settings(receiver.url("/hook")))) {
            trade.replay().with(Source.BLOCKCHAIN, Fault.MEMPOOL_ZERO);
            trade.app().app().ask("market-assess", null, Object.class);
            assertThat(receiver.await(1, "\"suspension\"")).hasSize(1);
            assertThat(receiver.await(1, "fatal-anomaly")).hasSize(1);
            JsonNode status = status(trade.app());
            assertThat(status.path("ok").asBoolean()).isFalse();
            assertThat(status.path("suspended").path("reason").asText()).isNotBlank();
            assertThat(Instant.parse(status.path("suspended").path("until").asText())).isAfter(trade.clock().instant());
            assertThat(status.path("replayed").asBoolean()).isTrue();

            trade.replay().heal();
            trade.clock().advance(Duration.ofMinutes(61));
            assertThat(receiver.await(2, "\"suspension\"")).hasSize(2).last().extracting(Received::body).asString().contains(RESOLVED);
            assertThat(receiver.await(2, "fatal-anomaly")).hasSize(2);
        }
    }

    /** A notice that arrived is not noted as sent yet; were the clock moved on in between, it would be due again and be told twice. */
    private static void waitUntilSent(TestDatabase database) throws InterruptedException {
        for (int i = 0; i < 300 && unsent(database) > 0; i++) {
            Thread.sleep(100);
        }
        assertThat(unsent(database)).isZero();
    }

    private static long unsent(TestDatabase database) {
        return database.value("SELECT count(*) FROM quantum_ops.alert_notices WHERE sent_at IS NULL", Long.class);
    }

    private static JsonNode status(TestApp app) throws InterruptedException {
        // It is kept for a second.
        Thread.sleep(1_200);
        return TradeApp.json(app.get("/api/quantum/status", null));
    }

    @Test
    void a_database_that_is_stopped_is_told_without_it_and_so_is_its_return() throws Exception {
        int port;
        EmbeddedPostgres first = server(0);
        port = first.getPort();
        String url = "postgres://postgres@127.0.0.1:" + port + "/postgres";
        EmbeddedPostgres second = null;
        try (TestDatabase database = TestDatabase.at(url)) {
            LegacySchema.create(database.database());
            database.schema().apply();
            try (TestApp app = TestApp.on(database, settings(receiver.url("/hook")))) {
                assertThat(status(app).path("ok").asBoolean()).isTrue();
                first.close();
                List<Received> told = receiver.await(1, "database-lost");
                assertThat(told).hasSize(1);
                assertThat(told.get(0).body()).contains(FIRED, "\"level\":\"CRITICAL\"", "The database is lost since").doesNotContain("127.0.0.1");
                assertThat(status(app).path("problem").asText()).isEqualTo("The database does not answer.");
                JsonNode shown = TradeApp.json(app.get("/api/quantum/monitoring/alerts", TestTokens.admin(UUID.randomUUID())));
                assertThat(shown.path("alerts").get(0).path("rule").asText()).isEqualTo("database-lost");

                second = server(port);
                assertThat(receiver.await(2, "database-lost")).hasSize(2).last().extracting(Received::body).asString()
                        .contains(RESOLVED, "the database answers again");
                assertThat(database.value("SELECT count(*) FROM quantum_ops.alerts WHERE rule = 'database-lost' AND resolved_at IS NOT NULL",
                        Long.class)).as("and it is on record").isEqualTo(1);
            }
        } finally {
            if (second != null) {
                second.close();
            }
        }
    }

    private EmbeddedPostgres server(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres")).setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C.UTF-8").setServerConfig("shared_buffers", "16MB");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }
}
