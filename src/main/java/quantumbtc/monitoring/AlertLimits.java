package quantumbtc.monitoring;

import java.time.Duration;

/**
 * Limits that an operator may want otherwise.
 *
 * @param validationMinutes how old the last validation may be
 * @param syncLag           how far behind sync may be
 * @param stall             how long a migration may make no progress
 */
public record AlertLimits(int validationMinutes, Duration syncLag, Duration stall) {
}
