package quantumbtc.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one alert that cannot be kept in the database: that it is lost. Each node keeps its own, in memory, and names itself.
 */
final class LostDatabase {

    private final String node;
    private final AlertEndpoints endpoints;
    private final List<Notice> waiting = new ArrayList<>();
    private Instant since;
    private Instant firedAt;
    private boolean fired;
    private String message;

    /** @param node as it is named in the alert */
    LostDatabase(String node, AlertEndpoints endpoints) {
        this.node = node;
        this.endpoints = endpoints;
    }

    /** @param message with which it was told */
    record Outage(Instant firedAt, String message) {
    }

    synchronized void away(String why, Instant now) {
        if (since == null) {
            since = now;
            fired = false;
        }
        message = "The database is lost since " + since + ": " + why;
        if (!fired && (firedAt == null || !now.isBefore(firedAt.plus(AlertRule.DATABASE_LOST.coolDown())))) {
            fired = true;
            firedAt = now;
            tell("FIRED", message, now);
        }
    }

    /** @return the outage that is over with this, when it was told */
    synchronized Optional<Outage> back(Instant now) {
        if (since == null) {
            return Optional.empty();
        }
        Outage outage = new Outage(since, message);
        boolean told = fired;
        since = null;
        fired = false;
        if (!told) {
            return Optional.empty();
        }
        tell("RESOLVED", "the database answers again after " + Spans.text(outage.firedAt(), now), now);
        return Optional.of(outage);
    }

    private void tell(String kind, String text, Instant now) {
        endpoints.hashes().forEach(endpoint -> waiting.add(new Notice(null, endpoint, kind, AlertRule.DATABASE_LOST.level().name(),
                AlertRule.DATABASE_LOST.word(), node, text, now, 0)));
    }

    /** Null while the database is there. */
    synchronized AlertView view() {
        return since == null ? null : new AlertView(null, AlertRule.DATABASE_LOST.word(), node, AlertRule.DATABASE_LOST.level().name(),
                message, since, since, null, waiting.size());
    }

    String node() {
        return node;
    }

    /** Takes what is to be sent; who fails gives it back. */
    synchronized List<Notice> take() {
        List<Notice> taken = waiting.stream().map(n -> new Notice(null, n.endpoint(), n.kind(), n.level(), n.rule(), n.subject(),
                n.message(), n.happenedAt(), n.attempts() + 1)).toList();
        waiting.clear();
        return taken;
    }

    synchronized void giveBack(Notice notice) {
        waiting.add(notice);
    }
}
