package quantumbtc.migration;

import java.util.List;

/** How many rows a table has. */
public record TableRows(String table, long rows) {

    static List<TableRows> of(ArchiveManifest manifest) {
        return manifest.tables().stream().map(table -> new TableRows(table.schema() + "." + table.name(), table.rows())).toList();
    }
}
