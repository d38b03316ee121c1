package quantumbtc.migration;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/**
 * A table as our role sees it.
 *
 * @param kind       r, p (partitioned), v (view), m (materialised view), f (foreign table)
 * @param owned      true when our role may act as its owner
 * @param rowsHidden true when row level security would hide rows from us
 * @param idType     type of the column id; null when there is none
 * @param idUnique   true when id alone has a valid unique index
 * @param bytes      with TOAST, without indexes
 */
record TableFacts(long oid, String kind, String owner, boolean owned, boolean maySelect, boolean mayTrigger, boolean mayReference,
                  boolean rowsHidden, String idType, boolean idUnique, long bytes) {

    static Optional<TableFacts> of(Handle handle, String schema, String name) {
        return handle.createQuery(Sql.of("migration/plan-table")).bind("schema", schema).bind("name", name)
                .map((row, context) -> new TableFacts(row.getLong("oid"), row.getString("kind"), row.getString("owner"),
                        row.getBoolean("owned"), row.getBoolean("may_select"), row.getBoolean("may_trigger"),
                        row.getBoolean("may_reference"), row.getBoolean("rows_hidden"), row.getString("id_type"),
                        row.getBoolean("id_unique"), row.getLong("bytes")))
                .findOne();
    }

    boolean isTable() {
        return kind.equals("r") || kind.equals("p");
    }

    /** True when every row can be read. */
    boolean readable() {
        return isTable() && maySelect && !rowsHidden;
    }
}
