package quantumbtc.rollout;

import java.time.Instant;
import java.util.List;

/**
 * Who is served by Quantum, and what speaks against serving more.
 *
 * @param percent        users whose bucket is below it are served by Quantum
 * @param stages         the usual percentages
 * @param gates          never null
 * @param mayMoveUp      true when every gate is ok
 * @param users          rows of users
 * @param usersOnQuantum how many of them are served by Quantum, counted and not estimated
 * @param overrides      users whose system was set by hand
 * @param changedAt      when the percentage changed last
 */
public record RolloutStatus(int percent, List<Integer> stages, List<RolloutGate> gates, boolean mayMoveUp, long users,
                            long usersOnQuantum, long overrides, Instant changedAt) {
}
