package quantumbtc.monitoring;

import java.time.Instant;

/**
 * A planned maintenance.
 *
 * @param what        what is done, for people
 * @param announcedAt when its notice was made; null: not yet
 * @param cancelledAt null unless it was cancelled
 */
public record MaintenanceWindow(long id, Instant startsAt, Instant endsAt, String what, String plannedBy, Instant plannedAt,
                                Instant announcedAt, String cancelledBy, Instant cancelledAt) {

    String announcement() {
        return (cancelledAt == null ? "" : "CANCELLED, ") + what + ", from " + startsAt + " to " + endsAt;
    }
}
