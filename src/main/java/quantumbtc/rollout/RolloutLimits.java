package quantumbtc.rollout;

import java.time.Duration;
import java.util.List;

/**
 * When more users may be served by Quantum.
 *
 * @param stages         the usual percentages, rising; never empty
 * @param window         how far back calls and data quality are looked at
 * @param errorPercent   most failed calls of the sources
 * @param quality        least mean data quality, 0 to 100
 * @param reliability    least share of good calls of the worst source, percent
 * @param lagSeconds     oldest change of ATGE that was not yet applied
 * @param verifiedWithin how old the last clean verification may be
 * @param stepBack       true: go back one stage by itself when too many calls fail
 * @param stepBackCalls  fewest calls in the window by which that may be said
 * @param coolDown       shortest time between two such steps
 */
public record RolloutLimits(List<Integer> stages, Duration window, int errorPercent, int quality, int reliability, int lagSeconds,
                            Duration verifiedWithin, boolean stepBack, int stepBackCalls, Duration coolDown) {

    /** The stage below a percentage; 0 below the first. */
    int below(int percent) {
        return stages.stream().filter(stage -> stage < percent).max(Integer::compare).orElse(0);
    }
}
