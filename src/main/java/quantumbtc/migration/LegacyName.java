package quantumbtc.migration;

import static quantumbtc.migration.LegacyTable.quote;

import org.jdbi.v3.core.Handle;

/**
 * The legacy table's own name, which a view of ours can take while the table goes on under another one.
 *
 * @param schema never null
 * @param name   the table's first name; never null
 */
record LegacyName(String schema, String name) {

    private static final String SUFFIX = "_original";
    /** By this the view is known as ours. */
    static final String MARK = "quantum-btc: the trades under the name of the legacy table, which is beside it";
    private static final int LONGEST_NAME = 63;

    /** What the table is called while the view has its name. */
    String other() {
        return name + SUFFIX;
    }

    boolean isTooLong() {
        return other().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME;
    }

    /** The first name of a table as it was found. */
    static LegacyName of(Handle handle, LegacyTable table) {
        String first = table.name().endsWith(SUFFIX) ? table.name().substring(0, table.name().length() - SUFFIX.length()) : table.name();
        LegacyName name = new LegacyName(table.schema(), first);
        return name.isTaken(handle) ? name : new LegacyName(table.schema(), table.name());
    }

    /** Schema and first name, quoted for a statement. */
    String quoted() {
        return quote(schema) + "." + quote(name);
    }

    String quotedOther() {
        return quote(schema) + "." + quote(other());
    }

    /** True when our view has it. */
    boolean isTaken(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                        + "WHERE n.nspname = :schema AND c.relname = :name AND c.relkind = 'v' AND obj_description(c.oid, 'pg_class') = :mark)")
                .bind("schema", schema).bind("name", name).bind("mark", MARK).mapTo(Boolean.class).one();
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
