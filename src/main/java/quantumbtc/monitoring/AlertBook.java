package quantumbtc.monitoring;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Sql;

/**
 * Keeps which alerts are open, for all nodes: a rule that begins to hold fires once, keeps silent while it holds, resolves
 * when it no longer does, and does not fire again before it has cooled down. What is to be sent commits with it.
 */
public final class AlertBook {

    private static final Logger log = LoggerFactory.getLogger(AlertBook.class);

    private final Jdbi jdbi;
    private final AlertEndpoints endpoints;

    public AlertBook(Jdbi jdbi, AlertEndpoints endpoints) {
        this.jdbi = jdbi;
        this.endpoints = endpoints;
    }

    /** Does nothing when the tables are absent, as after a rollback, or while another node is at it. */
    void record(List<Finding> findings, Instant now) {
        jdbi.useTransaction(handle -> {
            if (!there(handle) || !handle.createQuery("SELECT pg_try_advisory_xact_lock(hashtext('quantum-btc alerts'))")
                    .mapTo(Boolean.class).one()) {
                return;
            }
            Map<String, AlertView> newest = new HashMap<>();
            handle.createQuery(Sql.of("monitoring/list-newest-alerts")).map(ConstructorMapper.of(AlertView.class))
                    .forEach(alert -> newest.put(alert.rule() + '\n' + alert.subject(), alert));
            for (Finding finding : findings) {
                record(handle, finding, newest.get(finding.key()), now);
            }
            announce(handle, "announce", now);
            announce(handle, "recall", now);
        });
    }

    private void announce(Handle handle, String what, Instant now) {
        List<MaintenanceWindow> windows = handle.createQuery(Sql.of("monitoring/" + what + "-maintenance")).bind("now", now)
                .map(ConstructorMapper.of(MaintenanceWindow.class)).list();
        windows.forEach(window -> notices(handle, null, "MAINTENANCE", AlertLevel.INFO.name(), "maintenance", "", window.announcement(), now));
    }

    static boolean there(Handle handle) {
        return handle.createQuery("SELECT to_regclass('quantum_ops.alert_notices') IS NOT NULL").mapTo(Boolean.class).one();
    }

    private void record(Handle handle, Finding finding, AlertView before, Instant now) {
        boolean open = before != null && before.resolvedAt() == null;
        if (finding.holds() && open) {
            handle.createUpdate("UPDATE quantum_ops.alerts SET last_seen_at = :now, message = :message WHERE id = :id")
                    .bind("now", now).bind("message", finding.message()).bind("id", before.id()).execute();
        } else if (finding.holds() && (before == null || !now.isBefore(before.firedAt().plus(finding.rule().coolDown())))) {
            fire(handle, finding, now);
        } else if (!finding.holds() && open) {
            resolve(handle, finding, before, now);
        }
    }

    private void fire(Handle handle, Finding finding, Instant now) {
        AlertRule rule = finding.rule();
        handle.createQuery(Sql.of("monitoring/fire-alert"))
                .bind("rule", rule.word()).bind("subject", finding.subject()).bind("level", rule.level().name())
                .bind("message", finding.message()).bind("now", now).mapTo(Long.class).findOne()
                .ifPresent(id -> {
                    log.atInfo().addKeyValue("alertId", id).log("alert {}: {} {}{}: {}", id, rule.level(), rule.word(),
                            finding.subject().isEmpty() ? "" : " (" + finding.subject() + ")", finding.message());
                    notices(handle, id, "FIRED", rule.level().name(), rule.word(), finding.subject(), finding.message(), now);
                });
    }

    private void resolve(Handle handle, Finding finding, AlertView before, Instant now) {
        int resolved = handle.createUpdate("UPDATE quantum_ops.alerts SET resolved_at = :now WHERE id = :id AND resolved_at IS NULL")
                .bind("now", now).bind("id", before.id()).execute();
        if (resolved == 1) {
            String message = "over after " + Spans.text(before.firedAt(), now) + "; it was: " + before.message();
            log.atInfo().addKeyValue("alertId", before.id()).log("alert {}: RESOLVED {} {}", before.id(), before.rule(), before.subject());
            notices(handle, before.id(), "RESOLVED", before.level(), before.rule(), finding.subject(), message, now);
        }
    }

    private void notices(Handle handle, Long alert, String kind, String level, String rule, String subject, String message, Instant now) {
        for (String endpoint : endpoints.hashes()) {
            handle.createUpdate(Sql.of("monitoring/add-notice"))
                    .bind("alertId", alert).bind("endpoint", endpoint).bind("kind", kind).bind("level", level).bind("rule", rule)
                    .bind("subject", subject).bind("message", message).bind("now", now).execute();
        }
    }

    /** For the record: an outage of the database, which could not be written while it lasted. */
    void recordOutage(String node, String message, Instant firedAt, Instant resolvedAt) {
        jdbi.useHandle(handle -> {
            if (there(handle)) {
                handle.createUpdate(Sql.of("monitoring/write-outage"))
                        .bind("rule", AlertRule.DATABASE_LOST.word()).bind("subject", node)
                        .bind("level", AlertRule.DATABASE_LOST.level().name()).bind("message", message)
                        .bind("firedAt", firedAt).bind("resolvedAt", resolvedAt).execute();
            }
        });
    }

    /** Open ones first, then the newest; empty when the table is absent. */
    List<AlertView> list() {
        return jdbi.withHandle(handle -> there(handle)
                ? handle.createQuery(Sql.of("monitoring/list-alerts")).map(ConstructorMapper.of(AlertView.class)).list() : List.of());
    }
}
