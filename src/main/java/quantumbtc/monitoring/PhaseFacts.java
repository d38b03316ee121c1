package quantumbtc.monitoring;

import java.time.Instant;
import java.util.UUID;
import quantumbtc.migration.SyncStatus;
import quantumbtc.rollout.LegacyEndpoints;
import quantumbtc.rollout.RolloutStatus;

/**
 * All that the phases are judged by. Absent: there is none, as in a database before its migration or after a rollback.
 *
 * @param source       the legacy table
 * @param backup       the newest backup file of this machine
 * @param run          the newest run of the migration
 * @param quarantine   rows that were not carried over
 * @param verified     the newest verification of every row
 * @param sync         the sync; absent also in a database of before it
 * @param rollout      who is served by Quantum, and the gates
 * @param archived     the newest archiving of the legacy table
 * @param nameTaken    whether the legacy name stands for the compat view
 * @param endpoints    whether the old endpoints answer
 * @param rollbackFile the newest archive file that a rollback left on this machine
 */
public record PhaseFacts(Fact<Source> source, Fact<String> backup, Fact<Run> run, Fact<Quarantine> quarantine,
                         Fact<Verified> verified, Fact<SyncStatus> sync, Fact<RolloutStatus> rollout, Fact<Archived> archived,
                         Fact<Boolean> nameTaken, Fact<LegacyEndpoints.Status> endpoints, Fact<String> rollbackFile) {

    /** @param problem why it cannot be mapped; null when it can */
    public record Source(String table, String problem) {
    }

    /**
     * @param state   RUNNING, CANCELLED, FAILED or COMPLETED
     * @param wanted  RUN, PAUSE or CANCEL
     * @param alive   whether its process was heard of lately
     * @param failure null when it did not fail
     * @param endedAt null while it is open
     */
    public record Run(UUID id, String state, String wanted, boolean alive, String step, long chunks, long chunksDone, long rows,
                      String failure, Instant endedAt) {
    }

    /** @param open rows that wait to be retried or accepted */
    public record Quarantine(long rows, long open) {
    }

    /**
     * @param verdict     as VerifyReport has it
     * @param differences rows missing, extra or different
     */
    public record Verified(String verdict, long differences, Instant at) {
    }

    /** @param verdict EQUAL or DIFFERS */
    public record Archived(String verdict, Long rows, Instant at) {
    }
}
