package quantumbtc.migration;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/** Trades that ATGE changed though Quantum owns them: both versions are kept until a person decides. */
public final class Conflicts {

    private Conflicts() {
    }

    static void note(Handle handle, LegacyTable table, List<UUID> ids, List<String> kinds) {
        if (!ids.isEmpty()) {
            handle.createUpdate(Sql.of("migration/note-conflicts").replace("${table}", table.quoted())
                            .replace("${id}", table.quoted(LegacyColumn.ID)))
                    .bindArray("ids", UUID.class, ids).bindArray("kinds", String.class, kinds).execute();
        }
    }

    /** Both sides say the same again. */
    static void settle(Handle handle, List<UUID> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("UPDATE quantum_ops.sync_conflicts SET state = 'RESOLVED', resolution = 'same', resolved_by = 'sync', "
                            + "resolved_at = clock_timestamp() WHERE state = 'OPEN' AND trade_id = ANY (:ids)")
                    .bindArray("ids", UUID.class, ids).execute();
        }
    }
}
