package quantumbtc.monitoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What everybody may know of how the system is.
 *
 * @param ok          the database answers, nothing is suspended, and no maintenance is under way
 * @param problem     null unless the database does not answer
 * @param suspended   null when it is not
 * @param maintenance null when none is under way or begins within an hour
 * @param replayed    true when the prices come from a replay of old ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SystemStatus(boolean ok, String problem, Suspended suspended, Planned maintenance, boolean replayed) {

    /** @param until first instant at which signals may be generated again */
    public record Suspended(String reason, Instant until) {
    }

    /** @param underWay false while it is still to come */
    public record Planned(String what, Instant from, Instant until, boolean underWay) {
    }
}
