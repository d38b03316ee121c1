package quantumbtc.migration;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;
import quantumbtc.migration.VerifyReport.Check;

/** Whether the new tables are exactly as designed, with their indexes, triggers, reference, policies and view. */
final class SchemaChecks {

    private SchemaChecks() {
    }

    /** One sentence a check. Reads the catalogue only. */
    static List<Check> of(Handle handle) {
        List<Check> checks = new ArrayList<>();
        handle.createQuery(Sql.of("migration/check-columns"))
                .map((row, context) -> columns(row.getString("place"), row.getString("faults"))).forEach(checks::add);
        handle.createQuery(Sql.of("migration/check-objects"))
                .map((row, context) -> new Check(row.getString("sentence"), row.getBoolean("ok"))).forEach(checks::add);
        return checks;
    }

    private static Check columns(String table, String faults) {
        return new Check(table + " has exactly its columns and types" + (faults == null ? "" : ": " + faults), faults == null);
    }
}
