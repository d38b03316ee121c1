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
import quantumbtc.db.Sql;

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
        boolean enabled = last.enabled();
        try {
            enabled = status().enabled();
        } catch (RuntimeException e) {
            log.warn("whether the old endpoints are disabled cannot be read, so they stay as they were: {}", e.getMessage());
        }
        known = new Known(enabled, clock.instant());
        return enabled;
    }

    /** @throws Disabled when they are; may wait for the database */
    public void requireEnabled() {
        if (!enabled()) {
            throw new Disabled();
        }
    }

    /** The old endpoints are gone, and so is what they would do. */
    public static final class Disabled extends RuntimeException {

        private Disabled() {
            super("the old endpoints are disabled");
        }
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
     * While users are served by ATGE, only for a reason, which goes on record.
     *
     * @param archived whether every legacy row was just found in the archive, unchanged
     * @param finding  what the archive says of it
     * @param why      null when no reason is given
     * @throws Refused when it was not, or users are served by ATGE; the endpoints go on then
     */
    public Status disable(boolean archived, String finding, String by, String why) {
        if (!archived) {
            throw new Refused("the old endpoints were not disabled: the archive of the legacy table is not complete. " + finding);
        }
        long onAtge = database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("rollout/count-users-on-atge")).mapTo(Long.class).one());
        if (onAtge > 0 && (why == null || why.isBlank())) {
            throw new Refused("the old endpoints were not disabled: " + onAtge + " users are still served by ATGE. Move up first: quantum-btc rollout set 100. "
                    + "Nothing was changed. A reason (why) passes this over and goes on record.");
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
