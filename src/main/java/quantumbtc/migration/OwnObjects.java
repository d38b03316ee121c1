package quantumbtc.migration;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * What the migration made in a database: the six tables, the compat view, the schema quantum_ops with all that is in
 * it, and the triggers on the legacy table that call into it. Nothing else is ever dropped, and nothing by CASCADE.
 *
 * @param tables   schema-qualified and quoted; never null
 * @param triggers those on the legacy table, as {@code name ON table}; never null
 * @param drops    the statements that drop everything, in order; never null
 */
record OwnObjects(List<String> tables, List<String> triggers, List<String> drops) {

    /** Our tables in schema public, and no others. */
    static final List<String> PUBLIC_TABLES = List.of("btc_trades", "btc_hourly_snapshots", "quantum_anomaly_logs",
            "prediction_accuracy_database", "api_latency_reliability_logs", "quantum_migration_log");

    private static final List<String> CAPTURE_TABLES = List.of("quantum_ops.change_queue", "quantum_ops.capture_failures");
    private static final String OTHERS_DEPEND = "2BP01";

    /**
     * Sets the search path of the transaction to none, so that every name found is qualified.
     *
     * @param sourceTable the legacy table's name as the settings give it
     */
    static OwnObjects find(Handle handle, String sourceTable) {
        Sql.run(handle, "SET LOCAL search_path = pg_catalog");
        List<String> tables = handle.createQuery(Sql.of("migration/find-own-tables"))
                .bindArray("public", String.class, PUBLIC_TABLES).mapTo(String.class).list();
        List<String> triggers = LegacyTable.locate(handle, sourceTable).stream()
                .flatMap(legacy -> handle.createQuery(Sql.of("migration/find-own-triggers")).bind("legacy", legacy)
                        .map((row, context) -> row.getString("name") + " ON " + row.getString("table")).list().stream())
                .toList();
        // Of a name that the view took, first the view: readers lock it first, too. Then the table is still called as found.
        List<String> returns = NameSwap.returns(handle, sourceTable);
        List<String> drops = new ArrayList<>(returns.stream().limit(1).toList());
        triggers.forEach(trigger -> drops.add("DROP TRIGGER " + trigger));
        drops.addAll(returns.stream().skip(1).toList());
        if (CompatView.isOurs(handle)) {
            drops.add("DROP VIEW " + CompatView.NAME);
        }
        drops.addAll(rest(handle, 1, 2));
        drops.add("DROP TABLE " + String.join(", ", tables));
        drops.addAll(rest(handle, 3, 5));
        if (madeSchema(handle)) {
            drops.add("DROP SCHEMA quantum_ops");
        }
        return new OwnObjects(tables, triggers, List.copyOf(drops));
    }

    static boolean owns(String schema, String table) {
        return schema.equals("quantum_ops") || schema.equals("public") && PUBLIC_TABLES.contains(table);
    }

    private static List<String> rest(Handle handle, int from, int to) {
        return handle.createQuery(Sql.of("migration/find-own-rest")).bind("from", from).bind("to", to).mapTo(String.class).list();
    }

    /** An empty schema of that name may have been there before us; then it stays. */
    private static boolean madeSchema(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.flyway_schema_history WHERE type = 'SCHEMA')")
                .mapTo(Boolean.class).one();
    }

    /**
     * Keeps everybody else, readers too, from our tables until the transaction ends. What legacy writers write to is left
     * open until the drop itself: they must not wait while an archive is written.
     */
    void lock(Handle handle) {
        String ours = tables.stream().filter(table -> !CAPTURE_TABLES.contains(table)).collect(java.util.stream.Collectors.joining(", "));
        Sql.run(handle, "LOCK TABLE " + ours + " IN ACCESS EXCLUSIVE MODE");
    }

    /** True when no trade and no log row was ever written: dropping or truncating then takes nothing from anybody. */
    static boolean areUnused(Handle handle) {
        boolean made = handle.createQuery("SELECT to_regclass('public.btc_trades') IS NOT NULL").mapTo(Boolean.class).one();
        return !made || handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM public.btc_trades) "
                + "AND NOT EXISTS (SELECT 1 FROM public.quantum_migration_log)").mapTo(Boolean.class).one();
    }

    /**
     * Drops everything; takes a lock on users and on the legacy table, so it belongs at a transaction's end.
     *
     * @throws Refused when something that is not ours depends on it; the caller's transaction has to end in a rollback
     */
    void drop(Handle handle) {
        for (String statement : drops) {
            try {
                Sql.run(handle, statement);
            } catch (IllegalStateException e) {
                if (OTHERS_DEPEND.equals(Sql.state(e))) {
                    throw new Refused("other objects of this database depend on what would be dropped: "
                            + Sql.detailed(e) + " Change or drop those first; nothing was dropped.", e);
                }
                throw e;
            }
        }
    }
}
