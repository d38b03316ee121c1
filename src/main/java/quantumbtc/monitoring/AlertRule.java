package quantumbtc.monitoring;

import java.time.Duration;

/** What is watched, and how long a rule that fired keeps silent before it may fire again. */
public enum AlertRule {
    SUSPENSION(AlertLevel.CRITICAL, 5),
    FATAL_ANOMALY(AlertLevel.CRITICAL, 5),
    DATABASE_LOST(AlertLevel.CRITICAL, 2),
    ALL_SOURCES_FAILING(AlertLevel.CRITICAL, 5),
    VALIDATION_LATE(AlertLevel.CRITICAL, 60),
    SYNC_FAILED(AlertLevel.CRITICAL, 30),
    CAPTURE_FAILED(AlertLevel.CRITICAL, 60),
    VERIFICATION_DIFFERS(AlertLevel.CRITICAL, 60),
    LOW_QUALITY(AlertLevel.WARNING, 30),
    LOW_RELIABILITY(AlertLevel.WARNING, 60),
    ERROR_RATE(AlertLevel.WARNING, 30),
    SLOW_SOURCE(AlertLevel.WARNING, 30),
    SYNC_LAG(AlertLevel.WARNING, 30),
    CONFLICTS_OPEN(AlertLevel.WARNING, 60),
    QUARANTINE_OPEN(AlertLevel.WARNING, 60),
    MIGRATION_STALLED(AlertLevel.WARNING, 30),
    LOW_ACCURACY(AlertLevel.INFO, 120),
    MORE_ANOMALIES(AlertLevel.INFO, 60),
    LESS_ENGAGEMENT(AlertLevel.INFO, 240);

    private final AlertLevel level;
    private final Duration coolDown;

    AlertRule(AlertLevel level, int coolDownMinutes) {
        this.level = level;
        this.coolDown = Duration.ofMinutes(coolDownMinutes);
    }

    public AlertLevel level() {
        return level;
    }

    /** From one firing until the next of the same rule and subject. */
    public Duration coolDown() {
        return coolDown;
    }

    /** As messages, tables and answers write it. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
