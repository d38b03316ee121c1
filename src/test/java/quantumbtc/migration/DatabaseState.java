package quantumbtc.migration;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import quantumbtc.testing.TestDatabase;

/** Everything that a user can write, as one text: the catalogue with its row versions, every row, and the transaction counter. */
final class DatabaseState {

    private static final List<String> CATALOGUE = List.of("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc",
            "pg_namespace", "pg_index", "pg_rewrite", "pg_policy", "pg_type", "pg_depend", "pg_db_role_setting", "pg_database");

    private DatabaseState() {
    }

    static String of(TestDatabase test) {
        return test.database().jdbi().withHandle(handle -> {
            StringBuilder state = new StringBuilder();
            // Statistics and vacuum change pg_class by themselves; what they change is left out.
            CATALOGUE.forEach(table -> state.append(table).append(' ').append(hash(handle, "pg_catalog." + table,
                    table.equals("pg_class") ? "(to_jsonb(x) - ARRAY['relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid'])::text"
                            : table.equals("pg_database") ? "datname::text" : "x::text")).append('\n'));
            for (Map<String, Object> table : handle.createQuery("SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables "
                    + "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1").mapToMap().list()) {
                state.append(table.get("name")).append(' ').append(hash(handle, (String) table.get("name"), "(x.xmin, x.ctid, x)::text")).append('\n');
            }
            return state.toString();
        });
    }

    private static String hash(Handle handle, String table, String text) {
        return handle.createQuery("SELECT md5(coalesce(string_agg(" + text + ", '|' ORDER BY " + text + "), '')) FROM " + table + " x")
                .mapTo(String.class).one();
    }
}
