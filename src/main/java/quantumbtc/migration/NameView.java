package quantumbtc.migration;

import static quantumbtc.migration.LegacyTable.quote;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/**
 * The view that has the legacy table's name: what the compat view shows, and the rows that are no trades, such as other
 * symbols, rows in quarantine, and rows that the sync is still to bring over.
 *
 * @param table under its other name
 */
record NameView(LegacyName name, LegacyTable table) {

    /** In the caller's transaction. With row policies on the table the reader's own rights decide, as they did before. */
    void make(Handle handle, boolean readersRights) {
        String columns = table.types().keySet().stream().map(column -> "l." + quote(column)).collect(Collectors.joining(", "));
        Sql.run(handle, "CREATE VIEW " + name.quoted() + (readersRights ? " WITH (security_invoker = true)" : "") + " AS "
                + CompatColumns.select(Optional.of(table)) + "\nUNION ALL\nSELECT " + columns + " FROM " + table.quoted()
                + " l WHERE NOT EXISTS (SELECT 1 FROM public.btc_trades q WHERE q.id = l." + table.quoted(LegacyColumn.ID) + ")");
        Sql.run(handle, "COMMENT ON VIEW " + name.quoted() + " IS '" + LegacyName.MARK + "'");
        each(handle, "list-view-defaults", table.quoted());
        each(handle, "list-name-revokes", name.quoted());
        each(handle, "list-name-grants", table.quoted());
    }

    private void each(Handle handle, String file, String relation) {
        String sql = Sql.of("migration/" + file).replace("${view}", name.quoted().replace("'", "''").replace("%", "%%").replace(":", "\\:"));
        List<String> statements = handle.createQuery(sql).bind(file.equals("list-name-revokes") ? "view" : "table", relation).mapTo(String.class).list();
        statements.forEach(statement -> Sql.run(handle, statement));
    }
}
