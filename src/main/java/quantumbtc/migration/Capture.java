package quantumbtc.migration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Sql;

/**
 * The triggers on the legacy table that note which rows were written. Making them waits for the writers under way, so
 * every write is either seen by whoever reads afterwards, or noted.
 */
final class Capture {

    private static final String LEFT = "No trigger was made or dropped.";

    /** The triggers by name, and what comes between AFTER and ON. */
    private static final Map<String, String[]> TRIGGERS = new LinkedHashMap<>();

    static {
        TRIGGERS.put("quantum_capture_insert", new String[] {"INSERT", "REFERENCING NEW TABLE AS rows_after"});
        TRIGGERS.put("quantum_capture_update", new String[] {"UPDATE", "REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after"});
        TRIGGERS.put("quantum_capture_delete", new String[] {"DELETE", "REFERENCING OLD TABLE AS rows_before"});
        TRIGGERS.put("quantum_capture_truncate", new String[] {"TRUNCATE", ""});
    }

    private final LockRetry locks;

    Capture(LockRetry locks) {
        this.locks = locks;
    }

    /** Makes those that are absent. Safe to repeat. */
    void install(org.jdbi.v3.core.Jdbi jdbi, LegacyTable table) {
        locks.run("capture on " + table, LEFT, () -> {
            jdbi.useTransaction(handle -> {
                if (!isWhole(handle, table)) {
                    locks.limit(handle);
                    drop(handle, table);
                    TRIGGERS.forEach((name, words) -> Sql.run(handle, "CREATE TRIGGER " + name + " AFTER " + words[0] + " ON "
                            + table.quoted() + " " + words[1] + " FOR EACH STATEMENT EXECUTE FUNCTION quantum_ops.quantum_capture()"));
                    handle.execute("UPDATE quantum_ops.sync_control SET installed_at = clock_timestamp() WHERE id = 1");
                }
                handle.execute("UPDATE quantum_ops.sync_control SET state = 'ON' WHERE id = 1 AND state = 'OFF'");
            });
            return null;
        });
    }

    /** Drops them, and says that the sync is off. */
    void remove(org.jdbi.v3.core.Jdbi jdbi, LegacyTable table) {
        locks.run("capture on " + table, LEFT, () -> {
            jdbi.useTransaction(handle -> {
                locks.limit(handle);
                drop(handle, table);
                handle.execute("UPDATE quantum_ops.sync_control SET state = 'OFF', failure = NULL, failed_at = NULL WHERE id = 1");
            });
            return null;
        });
    }

    private static void drop(Handle handle, LegacyTable table) {
        handle.createQuery(Sql.of("migration/list-capture-triggers")).bind("table", table.quoted()).mapTo(String.class).list()
                .forEach(name -> Sql.run(handle, "DROP TRIGGER " + LegacyTable.quote(name) + " ON " + table.quoted()));
    }

    /** True when every write of the table is noted. A trigger may have been dropped or disabled by somebody. */
    static boolean isWhole(Handle handle, LegacyTable table) {
        return handle.createQuery(Sql.of("migration/count-capture-triggers")).bind("table", table.quoted())
                .mapTo(Integer.class).one() == TRIGGERS.size();
    }
}
