package quantumbtc.monitoring;

import java.time.Instant;

/**
 * One alert as it is shown.
 *
 * @param id         null while it is only in memory
 * @param lastSeenAt when the rule was last seen to hold
 * @param resolvedAt null while it is open
 * @param unsent     endpoints that were not told yet
 */
public record AlertView(Long id, String rule, String subject, String level, String message, Instant firedAt, Instant lastSeenAt,
                        Instant resolvedAt, long unsent) {
}
