package quantumbtc.monitoring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers that an operator asks for over REST. */
public final class MonitoringReport {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Measuring measuring;
    private final PerformanceDashboard dashboard;
    private final Alerts alerts;

    public MonitoringReport(Measuring measuring, PerformanceDashboard dashboard, Alerts alerts) {
        this.measuring = measuring;
        this.dashboard = dashboard;
        this.alerts = alerts;
    }

    /** What was measured; the database's own state when nothing could be. */
    public Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        try {
            Measures measures = measuring.now(PATIENCE);
            health.put("database", Map.of("status", "UP"));
            health.put("measures", measures);
        } catch (DatabaseAway e) {
            health.put("database", Map.of("status", "DOWN", "why", e.getMessage()));
            health.put("measures", null);
        }
        return Map.of("health", health);
    }

    public Map<String, Object> performance() {
        return Map.of("performance", dashboard.ofAll());
    }

    public Map<String, Object> alerts() {
        return Map.of("alerts", alerts.list());
    }

    /** All three; performance is null while the database is away. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>(health());
        summary.put("performance", alerts.databaseLost() ? null : dashboard.ofAll());
        summary.putAll(alerts());
        return summary;
    }
}
