package quantumbtc.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;

/** Whether the endpoints under /api/atge answer, or say that they are gone for good. */
public final class LegacyEndpoints {

    private static final Logger log = LoggerFactory.getLogger(LegacyEndpoints.class);
    /** So long a node may still answer by the old state. */
    private static final Duration KEPT = Duration.ofMillis(500);

    private final Database database;
    private final Clock clock;
    private volatile Known known = new Known(true, Instant.MIN);

    public LegacyEndpoints(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Known(boolean enabled, Instant readAt) {
    }

    /**
     * @param by  who changed it last; null when nobody has
     * @param why null when no reason was given
     */
    public record Status(boolean enabled, String by, String why, Instant changedAt) {
    }

    /** Read again after half a second. While the database is away, the last state that was read holds. */
    public boolean enabled() {
        Known last = known;
        if (last.readAt().plus(KEPT).isAfter(clock.instant())) {
            return last.enabled();
        }
        try {
            known = new Known(status().enabled(), clock.instant());
        } catch (RuntimeException e) {
            log.warn("whether the old endpoints are disabled cannot be read, so they stay as they were: {}", e.getMessage());
        }
        return known.enabled();
    }

    /** True when {@link #enabled()} would not ask the database. */
    public boolean isFresh() {
        return known.readAt().plus(KEPT).isAfter(clock.instant());
    }

    public Status status() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT enabled, changed_by, why, changed_at FROM quantum_ops.legacy_endpoints WHERE id = 1")
                .map((row, context) -> new Status(row.getBoolean("enabled"), row.getString("changed_by"), row.getString("why"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant())).one());
    }

    /**
     * @param archived whether every legacy row was just found in the archive, unchanged
     * @param finding  what the archive says of it
     * @throws Refused when it was not; the endpoints go on then
     */
    public Status disable(boolean archived, String finding, String by, String why) {
        if (!archived) {
            throw new Refused("the old endpoints were not disabled: the archive of the legacy table is not complete. " + finding);
        }
        return write(false, by, why);
    }

    public Status enable(String by, String why) {
        return write(true, by, why);
    }

    private Status write(boolean enabled, String by, String why) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        database.jdbi().useTransaction(handle -> {
            boolean was = handle.createQuery("SELECT enabled FROM quantum_ops.legacy_endpoints WHERE id = 1 FOR UPDATE").mapTo(Boolean.class).one();
            handle.execute("UPDATE quantum_ops.legacy_endpoints SET enabled = ?, changed_by = ?, why = ?, changed_at = ? WHERE id = 1", enabled, by, why, now);
            handle.execute("INSERT INTO quantum_ops.rollout_changes (subject, old_value, new_value, outcome, changed_by, why, changed_at) "
                    + "VALUES ('legacy endpoints', ?, ?, 'CHANGED', ?, ?, ?)", word(was), word(enabled), by, why, now);
        });
        known = new Known(enabled, clock.instant());
        return status();
    }

    private static String word(boolean enabled) {
        return enabled ? "enabled" : "disabled";
    }
}
