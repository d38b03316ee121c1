package quantumbtc.rollout;

import java.util.UUID;

/**
 * Which system serves a user.
 *
 * @param userId     never null
 * @param system     never null
 * @param bucket     0 to 99; served by Quantum when it is below the percentage
 * @param overridden true when it was set for this user, whatever the percentage
 */
public record UserSystem(UUID userId, ServedBy system, int bucket, boolean overridden) {
}
