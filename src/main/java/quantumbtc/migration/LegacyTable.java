package quantumbtc.migration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Refused;

/**
 * The ATGE table as it was found: its name, and which of its columns holds what.
 *
 * @param schema  never null
 * @param name    never null
 * @param columns the column's own name by what it means; never null, complete
 * @param types   every column's type by its own name, as information_schema writes it, in table order
 */
public record LegacyTable(String schema, String name, Map<LegacyColumn, String> columns, Map<String, String> types) {

    static final String OTHER_NAME = "trade_signals";

    /**
     * Looks for the table without writing anything.
     *
     * @param configured the name that the settings give, optionally with its schema
     * @throws Refused when there is no such table, a needed column is absent or of a type that cannot be read safely, or
     *                 the id is not unique; the message names each
     */
    public static LegacyTable find(Handle handle, String configured) {
        return findIfPresent(handle, configured).orElseThrow(() -> new Refused("no legacy table: neither "
                + schemaOf(configured) + "." + nameOf(configured) + " nor " + schemaOf(configured) + "." + OTHER_NAME
                + " exists. Set migration.source-table. Nothing was changed."));
    }

    /**
     * As {@link #find}, but empty when there is no such table.
     *
     * @throws Refused when the table is there and cannot be mapped
     */
    public static Optional<LegacyTable> findIfPresent(Handle handle, String configured) {
        return nameInUse(handle, configured).map(name -> {
            String schema = schemaOf(configured);
            Map<String, String> types = types(handle, schema, name);
            LegacyTable table = new LegacyTable(schema, name, columns(schema + "." + name, types), types);
            table.requireUniqueId(handle);
            return table;
        });
    }

    /** The table's name, quoted for a statement, whether or not it can be mapped; empty when there is no such table. */
    public static Optional<String> locate(Handle handle, String configured) {
        return nameInUse(handle, configured).map(name -> quote(schemaOf(configured)) + "." + quote(name));
    }

    /** The table's first name, whoever has it now; empty when there is no such table. */
    static Optional<LegacyName> locateName(Handle handle, String configured) {
        return names(configured).stream().map(name -> new LegacyName(schemaOf(configured), name)).filter(name -> present(handle, name).isPresent()).findFirst();
    }

    private static List<String> names(String configured) {
        return configured.contains(".") ? List.of(nameOf(configured)) : List.of(configured, OTHER_NAME);
    }

    private static Optional<String> nameInUse(Handle handle, String configured) {
        return names(configured).stream().map(name -> present(handle, new LegacyName(schemaOf(configured), name))).flatMap(Optional::stream).findFirst();
    }

    /** Where our view has taken the name, the table is beside it. */
    private static Optional<String> present(Handle handle, LegacyName name) {
        if (!types(handle, name.schema(), name.name()).isEmpty()) {
            return Optional.of(name.name());
        }
        return name.isTaken(handle) && !types(handle, name.schema(), name.other()).isEmpty() ? Optional.of(name.other()) : Optional.empty();
    }

    private static String schemaOf(String configured) {
        int dot = configured.indexOf('.');
        return dot < 0 ? "public" : configured.substring(0, dot);
    }

    private static String nameOf(String configured) {
        return configured.substring(configured.indexOf('.') + 1);
    }

    private static Map<String, String> types(Handle handle, String schema, String name) {
        Map<String, String> types = new LinkedHashMap<>();
        handle.createQuery("SELECT column_name, data_type FROM information_schema.columns c "
                        + "JOIN information_schema.tables t USING (table_schema, table_name) "
                        + "WHERE table_schema = :schema AND table_name = :name AND t.table_type = 'BASE TABLE' ORDER BY ordinal_position")
                .bind("schema", schema).bind("name", name)
                .map((row, context) -> types.put(row.getString(1), row.getString(2)))
                .list();
        return types;
    }

    private static Map<LegacyColumn, String> columns(String table, Map<String, String> types) {
        Map<LegacyColumn, String> columns = new EnumMap<>(LegacyColumn.class);
        List<String> missing = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (LegacyColumn column : LegacyColumn.values()) {
            Optional<String> found = column.names().stream().filter(types::containsKey).findFirst();
            if (found.isEmpty()) {
                missing.add(String.join(" or ", column.names()));
            } else if (!column.kind().types().contains(types.get(found.get()))) {
                unreadable.add(found.get() + " is " + types.get(found.get()) + ", expected " + column.kind().readAs());
            } else {
                columns.put(column, found.get());
            }
        }
        if (!missing.isEmpty() || !unreadable.isEmpty()) {
            throw new Refused("legacy table " + table + " cannot be mapped:"
                    + (missing.isEmpty() ? "" : " missing columns " + String.join(", ", missing) + ".")
                    + (unreadable.isEmpty() ? "" : " Columns of another type: " + String.join("; ", unreadable) + ".")
                    + " Nothing was changed.");
        }
        return columns;
    }

    private void requireUniqueId(Handle handle) {
        boolean unique = handle.createQuery("SELECT EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a "
                        + "ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid = CAST(:table AS regclass) "
                        + "AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = :id)")
                .bind("table", quoted()).bind("id", columns.get(LegacyColumn.ID)).mapTo(Boolean.class).one();
        if (!unique) {
            throw new Refused("legacy table " + schema + "." + name + " has no unique index on "
                    + columns.get(LegacyColumn.ID) + ": chunks and the proof need one. Nothing was changed.");
        }
    }

    /** Schema and name, quoted for a statement. */
    public String quoted() {
        return quote(schema) + "." + quote(name);
    }

    /**
     * The column, quoted for a statement and cast to the type that it is read as. A time without a zone is UTC, whatever
     * the session's own zone is; a prefix such as {@code t.} may be put before.
     */
    public String read(LegacyColumn column) {
        boolean withoutZone = "timestamp without time zone".equals(types.get(columns.get(column)));
        return quoted(column) + (withoutZone ? " AT TIME ZONE 'UTC'" : "::" + column.kind().readAs());
    }

    /** The column's own name, quoted for a statement. */
    public String quoted(LegacyColumn column) {
        return quote(columns.get(column));
    }

    /** True for a row of a Bitcoin symbol; {@code :symbols} is a text array in upper case. */
    public String isBitcoin() {
        return isBitcoin("");
    }

    /**
     * What the copy makes of the status word, as SQL, with a prefix such as {@code t.} before the column. The verification
     * does not use it: it states the mapping a second time.
     */
    String mappedStatus(String prefix) {
        return "CASE " + prefix + quoted(LegacyColumn.STATUS) + "::text WHEN 'completed_success' THEN 'HIT' "
                + "WHEN 'completed_failure' THEN 'NOT_HIT' WHEN 'expired' THEN 'EXPIRED' ELSE 'ACTIVE' END";
    }

    /** As {@link #isBitcoin()}, with a prefix such as {@code t.} before the column. */
    public String isBitcoin(String prefix) {
        String symbol = prefix + quoted(LegacyColumn.SYMBOL) + "::text";
        // Most are written as they should be, and comparing is much cheaper than spelling anew.
        return "(" + symbol + " = ANY (:symbols) OR upper(btrim(" + symbol + ", E' \\t\\n\\r')) = ANY (:symbols))";
    }

    /** Columns that the mapping does not read; they stay where they are. */
    public List<String> extraColumns() {
        return types.keySet().stream().filter(column -> !columns.containsValue(column)).toList();
    }

    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
