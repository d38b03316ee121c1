package quantumbtc.migration;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How far the sync is.
 *
 * @param state             OFF, ON or PAUSED
 * @param capturing         true when the triggers on the legacy table work
 * @param pending           changes noted and not applied, those of chunks that are still to be copied included
 * @param lagSeconds        age of the oldest change that could be applied; 0 when there is none
 * @param openConflicts     trades with two versions that nobody has decided on
 * @param carryPending      trades and judgements of Quantum that are not in the legacy table yet
 * @param carryFailures     those that could not be written there
 * @param carryFailure      what the legacy table said of the newest of those; null when there is none
 * @param captureFailures   legacy writes that could not be noted
 * @param settledDifferences differences of the newest verification round that no change on its way explains; null before
 *                          the first
 * @param verifiedAt        end of the newest whole round; null before the first
 * @param failure           why it does not go on, or what was lost; null when all is well
 */
public record SyncStatus(String state, boolean capturing, long pending, BigDecimal lagSeconds, long openConflicts, long carryPending,
                         long carryFailures, String carryFailure, long captureFailures, Long settledDifferences, Instant installedAt, Instant appliedUntil,
                         Instant lastAppliedAt, Instant verifiedAt, String failure) {
}
