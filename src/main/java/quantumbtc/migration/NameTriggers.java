package quantumbtc.migration;

import static quantumbtc.migration.LegacyTable.quote;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/**
 * The triggers by which old queries write while the view has the legacy name: one on the view that writes to the table,
 * one on the table that changes the trade along. Made for the columns of the one table.
 *
 * @param table        under its other name
 * @param symbols      which are Bitcoin, in upper case
 * @param maxTextBytes longest reasoning, bytes
 */
record NameTriggers(LegacyTable table, List<String> symbols, int maxTextBytes) {

    private static final Set<LegacyColumn> TOLD_APART = EnumSet.of(LegacyColumn.ID, LegacyColumn.UPDATED_AT);

    /** The columns of btc_trades that a legacy column decides, where the names differ. */
    private static final Map<LegacyColumn, List<String>> DECIDES = Map.of(
            LegacyColumn.ENTRY_PRICE, List.of("entry_min", "entry_max", "entry_optimal", "mathematical_justification"),
            LegacyColumn.STOP_LOSS_PERCENTAGE, List.of("max_loss_percent"),
            LegacyColumn.AI_REASONING, List.of("quantum_reasoning"));

    /** In the caller's transaction. */
    void make(Handle handle, String view) {
        Set<String> refused = new HashSet<>(handle.createQuery(Sql.of("migration/find-required-columns")).bind("table", table.quoted())
                .map((row, context) -> row.getBoolean("refuses") ? row.getString("name") : "").list());
        List<String> settable = table.types().keySet().stream().filter(name -> !refused.contains(name)).toList();
        Map<String, String> identities = identities(handle);
        Sql.run(handle, filled("make-legacy-write", Map.of(
                "${settable}", list(settable, ""), "${old}", list(settable, "OLD."),
                "${new}", settable.stream().map(name -> identities.getOrDefault(name, "NEW." + quote(name))).collect(Collectors.joining(", ")),
                "${row}", list(List.copyOf(table.types().keySet()), "l."), "${changes}", changes(settable),
                "${update}", literal("UPDATE " + table.quoted() + " l SET "), "${where}", literal(" WHERE l." + id() + " = $2"),
                "${returning}", literal(" RETURNING " + list(List.copyOf(table.types().keySet()), "l.")))));
        Sql.run(handle, filled("make-write-through", Map.of("${bitcoin}", bitcoin(), "${checks}", checks(),
                "${status}", table.quoted(LegacyColumn.STATUS), "${mappedStatus}", table.mappedStatus("l."), "${assignments}", assignments())));
        Sql.run(handle, "CREATE TRIGGER quantum_legacy_write INSTEAD OF INSERT OR UPDATE OR DELETE ON " + view
                + " FOR EACH ROW EXECUTE FUNCTION quantum_ops.quantum_legacy_write()");
        Sql.run(handle, "CREATE TRIGGER quantum_write_through AFTER UPDATE OR DELETE ON " + table.quoted()
                + " FOR EACH ROW EXECUTE FUNCTION quantum_ops.quantum_write_through()");
        Sql.run(handle, "REVOKE ALL ON FUNCTION quantum_ops.quantum_write_through(), quantum_ops.quantum_legacy_write() FROM PUBLIC");
    }

    static final String DROP_FUNCTIONS = "DROP FUNCTION quantum_ops.quantum_write_through(), quantum_ops.quantum_legacy_write()";

    /** The trigger on the table; the view's goes with the view. */
    static String dropTrigger(String quotedTable) {
        return "DROP TRIGGER quantum_write_through ON " + quotedTable;
    }

    private String filled(String file, Map<String, String> values) {
        String text = Sql.of("migration/" + file).replace("${table}", table.quoted()).replace("${id}", id());
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace(value.getKey(), value.getValue());
        }
        return text;
    }

    private String id() {
        return table.quoted(LegacyColumn.ID);
    }

    private static String list(List<String> names, String prefix) {
        return names.stream().map(name -> prefix + quote(name)).collect(Collectors.joining(", "));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A column that counts by itself unless it is given; a view has no such columns. */
    private Map<String, String> identities(Handle handle) {
        Map<String, String> identities = new LinkedHashMap<>();
        handle.createQuery("SELECT attname, pg_get_serial_sequence(:table, attname) AS counter FROM pg_catalog.pg_attribute "
                        + "WHERE attrelid = to_regclass(:table) AND attidentity = 'd' AND NOT attisdropped").bind("table", table.quoted())
                .map((row, context) -> identities.put(row.getString("attname"), "coalesce(NEW." + quote(row.getString("attname")) + ", nextval("
                        + literal(row.getString("counter")) + "))")).list();
        return identities;
    }

    private String changes(List<String> settable) {
        return table.types().keySet().stream().map(name -> {
            String column = quote(name);
            String test = "    IF NEW." + column + "::text IS DISTINCT FROM OLD." + column + "::text THEN\n";
            return settable.contains(name) && !quote(name).equals(id())
                    ? test + "        q_set := q_set || " + literal(column + " = ($1)." + column) + "::text;\n        q_differs := q_differs || "
                    + literal("l." + column + "::text IS DISTINCT FROM ($1)." + column + "::text") + "::text;\n    END IF;"
                    : test + "        RAISE EXCEPTION " + literal("column " + name.replace("%", "%%") + " of the legacy table cannot be changed; nothing was written")
                    + " USING ERRCODE = 'feature_not_supported';\n    END IF;";
        }).collect(Collectors.joining("\n"));
    }

    private String bitcoin() {
        return table.isBitcoin("l.").replace(":symbols", symbols.stream().map(NameTriggers::literal).collect(Collectors.joining(", ", "ARRAY[", "]::text[]")));
    }

    private Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        new ExpectedTrade(table).columns().forEach(column -> expected.put(column.name(), column.expected()));
        expected.put("status", table.mappedStatus("l."));
        expected.put("updated_at", "l." + table.read(LegacyColumn.UPDATED_AT));
        // What Quantum made has its own words for how it was computed.
        expected.computeIfPresent("mathematical_justification", (name, sql) -> "CASE WHEN EXISTS (SELECT 1 FROM quantum_ops.generated_trades g "
                + "WHERE g.trade_id = t.id) THEN t.mathematical_justification ELSE " + sql + " END");
        return expected;
    }

    private String assignments() {
        Map<String, String> expected = expected();
        StringBuilder assignments = new StringBuilder("updated_at = coalesce(" + expected.get("updated_at") + ", t.updated_at)");
        for (LegacyColumn column : LegacyColumn.values()) {
            if (!TOLD_APART.contains(column)) {
                DECIDES.getOrDefault(column, List.of(column.names().get(0))).forEach(name -> assignments.append(",\n            ").append(name)
                        .append(" = CASE WHEN ").append(changed(column)).append(" THEN ").append(expected.get(name)).append(" ELSE t.").append(name).append(" END"));
            }
        }
        return assignments.toString();
    }

    private String changed(LegacyColumn column) {
        return "NEW." + table.quoted(column) + "::text IS DISTINCT FROM OLD." + table.quoted(column) + "::text";
    }

    /** Whether anything of the trade changes; whether that fits is decided by the rules of the plan. */
    private String checks() {
        String any = Arrays.stream(LegacyColumn.values()).filter(column -> !TOLD_APART.contains(column)).map(this::changed)
                .collect(Collectors.joining("\n            OR ", "        q_changed := ", ";\n"));
        return any + "        SELECT " + new MappingRules(table, maxTextBytes, true, false).firstBroken() + " INTO q_broken FROM (SELECT NEW.*) l;\n"
                + "        IF q_changed AND q_broken IS NOT NULL THEN\n            RAISE EXCEPTION 'trade %: % is nothing that a trade can hold; nothing was written', "
                + "OLD." + id() + ", q_broken USING ERRCODE = 'check_violation';\n        END IF;";
    }
}
