package quantumbtc.migration;

import java.util.UUID;

/** A run was asked for that does not exist. */
public final class NoSuchRun extends RuntimeException {

    /** @param runId null when any run was asked for and there is none yet */
    NoSuchRun(UUID runId) {
        super(runId == null ? "There is no migration run yet." : "There is no migration run " + runId + ".");
    }
}
