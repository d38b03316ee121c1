package quantumbtc.rollout;

import java.time.Instant;
import java.util.List;

/**
 * A change of the rollout, or one that was refused.
 *
 * @param subject  percent, or user and the id
 * @param oldValue null when there was none
 * @param outcome  CHANGED, OVERRIDDEN (a gate was not met, for a reason), REFUSED or STEPPED_BACK
 * @param why      null when no reason was given
 * @param gates    what was outside of its limit then, in words
 */
public record RolloutChange(long id, String subject, String oldValue, String newValue, String outcome, String changedBy, String why,
                            List<String> gates, Instant changedAt) {
}
