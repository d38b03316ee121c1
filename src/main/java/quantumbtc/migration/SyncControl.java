package quantumbtc.migration;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one row that whoever writes both tables holds until the end of its transaction, in whatever process. */
final class SyncControl {

    /** The longest wait for any other lock, well below deadlock_timeout: of us and a legacy writer, we give way. */
    private static final String GIVE_WAY_MS = "300";

    private SyncControl() {
    }

    /**
     * Waits for it; afterwards what others wrote as its holders is seen by every new statement.
     *
     * @return OFF, ON or PAUSED
     */
    static String hold(Handle handle) {
        String state = handle.createQuery("SELECT state FROM quantum_ops.sync_control WHERE id = 1 FOR UPDATE").mapTo(String.class).one();
        prepare(handle);
        return state;
    }

    /** As {@link #hold}, but empty when somebody else holds it. */
    static Optional<String> holdIfFree(Handle handle) {
        Optional<String> state = handle.createQuery("SELECT state FROM quantum_ops.sync_control WHERE id = 1 FOR UPDATE SKIP LOCKED")
                .mapTo(String.class).findOne();
        state.ifPresent(held -> prepare(handle));
        return state;
    }

    /** Marks the transaction as ours: the capture leaves its writes out, and times of change are kept. */
    static void mark(Handle handle) {
        handle.execute("SET LOCAL quantum_btc.sync = 'on'");
    }

    private static void prepare(Handle handle) {
        mark(handle);
        handle.execute("SET LOCAL lock_timeout = '" + GIVE_WAY_MS + "ms'");
    }
}
