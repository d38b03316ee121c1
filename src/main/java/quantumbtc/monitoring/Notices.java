package quantumbtc.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Sql;

/** What is still to be told, to whom, and in which form. Sending itself is the route's. */
public final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How long a taken notice is left alone; longer than any sending takes. */
    private static final Duration TAKEN = Duration.ofMinutes(3);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final String CLIENT = "httpClient=#alertsHttp";

    private final Jdbi jdbi;
    private final Alerts alerts;
    private final AlertEndpoints endpoints;
    private final String slackWebhook;
    private final Clock clock;

    /** @param slackWebhook null when there is none */
    public Notices(Jdbi jdbi, Alerts alerts, AlertEndpoints endpoints, String slackWebhook, Clock clock) {
        this.jdbi = jdbi;
        this.alerts = alerts;
        this.endpoints = endpoints;
        this.slackWebhook = slackWebhook;
        this.clock = clock;
    }

    /** Takes what is to be sent now. What is not reported as sent comes again. */
    public List<Notice> due() {
        List<Notice> due = new ArrayList<>(alerts.lost().take());
        if (alerts.databaseLost()) {
            return due;
        }
        Instant now = clock.instant();
        try {
            jdbi.useHandle(handle -> {
                if (AlertBook.there(handle)) {
                    due.addAll(handle.createQuery(Sql.of("monitoring/take-notices"))
                            .bind("now", now).bind("again", now.plus(TAKEN))
                            .bindArray("endpoints", String.class, endpoints.hashes())
                            .map(ConstructorMapper.of(Notice.class)).list());
                }
            });
        } catch (JdbiException e) {
            log.warn("alerts: the notices in the database cannot be read now and wait: {}", Sql.firstLine(e));
        }
        return due;
    }

    /** The endpoint's URI; one that speaks HTTP gets the client that gives up in time. */
    public String uri(Notice notice) {
        return timed(endpoints.uri(notice.endpoint()));
    }

    /** Where the Slack route posts to. */
    public String slackUri() {
        if (slackWebhook == null) {
            throw new IllegalStateException("alerts.slack-webhook is empty");
        }
        return timed(slackWebhook);
    }

    private static String timed(String uri) {
        return http(uri) ? uri + (uri.contains("?") ? "&" : "?") + CLIENT : uri;
    }

    private static boolean http(String uri) {
        return uri.startsWith("http:") || uri.startsWith("https:");
    }

    /** JSON for an endpoint that speaks HTTP, else the line of text. */
    public String body(Notice notice) {
        if (!http(endpoints.uri(notice.endpoint()))) {
            return notice.text();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", notice.text());
        fields.put("kind", notice.kind());
        fields.put("level", notice.level());
        fields.put("rule", notice.rule());
        fields.put("subject", notice.subject());
        fields.put("message", notice.message());
        fields.put("happenedAt", notice.happenedAt().toString());
        return json(fields);
    }

    public String contentType(Notice notice) {
        return http(endpoints.uri(notice.endpoint())) ? "application/json" : "text/plain; charset=utf-8";
    }

    /** As an incoming webhook of Slack takes it; the three characters that mean something there are written out. */
    public String slackBody(String text) {
        return json(Map.of("text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
    }

    private static String json(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always writable as JSON", e);
        }
    }

    public void sent(Notice notice) {
        if (notice.id() != null) {
            jdbi.useHandle(handle -> handle.createUpdate("UPDATE quantum_ops.alert_notices SET sent_at = :now, failure = NULL WHERE id = :id")
                    .bind("now", clock.instant()).bind("id", notice.id()).execute());
        }
    }

    /** It is tried again, after a wait that doubles. The reason is kept without the endpoint's address, which may be a secret. */
    public void failed(Notice notice, Throwable cause) {
        String why = cause.getClass().getSimpleName();
        log.warn("alert {}: not sent to endpoint {}, attempt {}: {}", notice.rule(), notice.endpoint(), notice.attempts(), why);
        if (notice.id() == null) {
            alerts.lost().giveBack(notice);
            return;
        }
        Duration wait = Duration.ofSeconds(5L << Math.min(notice.attempts(), 10));
        try {
            jdbi.useHandle(handle -> handle.createUpdate("UPDATE quantum_ops.alert_notices SET due_at = :due, failure = :why WHERE id = :id")
                    .bind("due", clock.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait))
                    .bind("why", why).bind("id", notice.id()).execute());
        } catch (JdbiException e) {
            log.warn("alert {}: comes again in {} minutes, the database is away", notice.rule(), TAKEN.toMinutes());
        }
    }
}
