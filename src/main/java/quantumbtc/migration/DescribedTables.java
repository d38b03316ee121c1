package quantumbtc.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;
import quantumbtc.migration.ArchiveManifest.ArchivedColumn;
import quantumbtc.migration.ArchiveManifest.ArchivedTable;

/** Reads from the catalogue what an archive has to know of tables: columns, keys, and the order to load them in. */
final class DescribedTables {

    private DescribedTables() {
    }

    /**
     * @param tables schema-qualified and quoted
     * @return in load order, with no rows counted yet
     */
    static List<ArchivedTable> of(Handle handle, List<String> tables) {
        Map<String, ArchivedTable> described = new LinkedHashMap<>();
        Map<String, TreeMap<Integer, String>> keys = new HashMap<>();
        handle.createQuery(Sql.of("migration/describe-tables")).bindArray("tables", String.class, tables).map((row, context) -> {
            ArchivedTable empty = new ArchivedTable(row.getString("schema"), row.getString("name"), null, new ArrayList<>(), List.of(), 0, 0, null);
            ArchivedTable table = described.computeIfAbsent(empty.quoted(), name -> empty);
            table.columns().add(new ArchivedColumn(row.getString("column_name"), row.getString("type"), row.getBoolean("required")));
            int place = row.getInt("key_position");
            if (place > 0) {
                keys.computeIfAbsent(table.quoted(), name -> new TreeMap<>()).put(place, row.getString("column_name"));
            }
            return table;
        }).list();
        List<ArchivedTable> numbered = new ArrayList<>();
        for (ArchivedTable table : inLoadOrder(described, parents(handle, tables))) {
            String entry = String.format("%03d-%s.%s.copy", numbered.size() + 1, table.schema(), table.name()).replaceAll("[^A-Za-z0-9_.-]", "_");
            List<String> key = keys.containsKey(table.quoted()) ? List.copyOf(keys.get(table.quoted()).values()) : List.of();
            numbered.add(new ArchivedTable(table.schema(), table.name(), entry, List.copyOf(table.columns()), key, 0, 0, null));
        }
        return numbered;
    }

    private static Map<String, Set<String>> parents(Handle handle, List<String> tables) {
        Map<String, Set<String>> parents = new HashMap<>();
        handle.createQuery(Sql.of("migration/find-parents")).bindArray("tables", String.class, tables).map((row, context) -> parents
                .computeIfAbsent(quoted(row.getString("child_schema"), row.getString("child")), child -> new HashSet<>())
                .add(quoted(row.getString("parent_schema"), row.getString("parent")))).list();
        return parents;
    }

    /** Parents first; tables that refer to each other in a circle come last, as they were given. */
    private static List<ArchivedTable> inLoadOrder(Map<String, ArchivedTable> tables, Map<String, Set<String>> parents) {
        Map<String, ArchivedTable> left = new LinkedHashMap<>(tables);
        List<ArchivedTable> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> ready = left.keySet().stream()
                    .filter(name -> parents.getOrDefault(name, Set.of()).stream().noneMatch(left::containsKey)).toList();
            (ready.isEmpty() ? List.copyOf(left.keySet()) : ready).forEach(name -> ordered.add(left.remove(name)));
        }
        return ordered;
    }

    private static String quoted(String schema, String name) {
        return LegacyTable.quote(schema) + "." + LegacyTable.quote(name);
    }
}
