package quantumbtc.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import quantumbtc.db.Sql;

/** Tells how the system is. Everybody may ask, so the database is asked once a moment, however many do. */
public final class StatusReport {

    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final String AWAY = "The database does not answer.";

    private final Jdbi jdbi;
    private final Alerts alerts;
    private final Maintenance maintenance;
    private final boolean replayed;
    private final Clock clock;
    private SystemStatus last;
    private long lastNanos;

    /** @param replayed true when the prices are replayed */
    public StatusReport(Jdbi jdbi, Alerts alerts, Maintenance maintenance, boolean replayed, Clock clock) {
        this.jdbi = jdbi;
        this.alerts = alerts;
        this.maintenance = maintenance;
        this.replayed = replayed;
        this.clock = clock;
    }

    public synchronized SystemStatus now() {
        if (alerts.databaseLost()) {
            return new SystemStatus(false, AWAY, null, null, replayed);
        }
        if (last == null || System.nanoTime() - lastNanos > KEPT.toNanos()) {
            try {
                last = read(clock.instant());
            } catch (JdbiException e) {
                last = new SystemStatus(false, AWAY, null, null, replayed);
            }
            lastNanos = System.nanoTime();
        }
        return last;
    }

    private SystemStatus read(Instant now) {
        return jdbi.withHandle(handle -> {
            SystemStatus.Suspended suspended = handle.createQuery("SELECT to_regclass('public.quantum_anomaly_logs') IS NOT NULL")
                    .mapTo(Boolean.class).one() ? handle.createQuery(Sql.of("market/find-suspension")).bind("now", now)
                    .map((row, context) -> new SystemStatus.Suspended(row.getString("anomaly_type") + ": " + row.getString("description"),
                            row.getObject("ends_at", java.time.OffsetDateTime.class).toInstant())).findOne().orElse(null) : null;
            SystemStatus.Planned planned = AlertBook.there(handle) ? maintenance.shown(handle)
                    .map(window -> new SystemStatus.Planned(window.what(), window.startsAt(), window.endsAt(), !window.startsAt().isAfter(now)))
                    .orElse(null) : null;
            return new SystemStatus(suspended == null && (planned == null || !planned.underWay()), null, suspended, planned, replayed);
        });
    }
}
