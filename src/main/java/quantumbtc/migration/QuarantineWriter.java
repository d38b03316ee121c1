package quantumbtc.migration;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/** Puts rejected rows into quarantine, within the transaction of the chunk that they belong to. */
final class QuarantineWriter {

    /** @return how many rows are kept; a row that was deleted meanwhile needs no keeping */
    int write(Handle handle, ActiveRun run, List<CopyStream.Rejected> rejected) {
        return write(handle, run.table(), run.runId(), rejected);
    }

    /** As above, for rows that no run read. */
    int write(Handle handle, LegacyTable table, UUID runId, List<CopyStream.Rejected> rejected) {
        if (rejected.isEmpty()) {
            return 0;
        }
        String sql = Sql.of("migration/quarantine-rows")
                .replace("${table}", table.quoted())
                .replace("${id}", table.quoted(LegacyColumn.ID));
        return handle.createUpdate(sql)
                .bind("runId", runId)
                .bindArray("ids", UUID.class, rejected.stream().map(CopyStream.Rejected::id).toList())
                .bindArray("reasons", String.class, rejected.stream().map(each -> each.reason().name()).toList())
                .bindArray("details", String.class, rejected.stream().map(CopyStream.Rejected::detail).toList())
                .execute();
    }
}
