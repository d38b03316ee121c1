package quantumbtc.migration;

import org.jdbi.v3.core.Handle;

/** A transaction that cannot write, sees one snapshot, and never waits long for a lock. */
final class ReadOnly {

    private ReadOnly() {
    }

    /**
     * To be called first in an open transaction. Settings end with it. Times without a zone are read as UTC, as the copy
     * reads them; a limit for interactive statements must not cut a scan off.
     */
    static void begin(Handle handle) {
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        handle.execute("SET LOCAL TimeZone = 'UTC'");
        handle.execute("SET LOCAL lock_timeout = '10s'");
        handle.execute("SET LOCAL statement_timeout = 0");
        handle.execute("SET LOCAL jit = off");
    }
}
