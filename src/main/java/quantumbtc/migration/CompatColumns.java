package quantumbtc.migration;

import static quantumbtc.migration.LegacyTable.quote;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words the query behind the compat view: {@code q} is btc_trades, {@code l} the legacy table. Where a trade still holds
 * what the migration made of the legacy value, the legacy value itself is shown, unrounded and in its own spelling;
 * where it differs, or there is no legacy row, what btc_trades holds.
 */
final class CompatColumns {

    private static final String LEGACY_WORD = "CASE q.status WHEN 'HIT' THEN 'completed_success' "
            + "WHEN 'NOT_HIT' THEN 'completed_failure' WHEN 'EXPIRED' THEN 'expired' WHEN 'ACTIVE' THEN 'active' "
            + "WHEN 'INVALIDATED' THEN 'incomplete_data' END";

    /** Reward up to the first target for one unit of risk. */
    private static final String RISK_REWARD =
            "round(abs(q.tp1_price - q.entry_optimal) / nullif(abs(q.entry_optimal - q.stop_loss_price), 0), 2)";

    /** What btc_trades holds of each legacy column. */
    private static final Map<LegacyColumn, String> KEPT = kept();

    /** Copied without any change and searched by: shown straight from btc_trades, so that its indexes serve old queries. */
    private static final Set<LegacyColumn> PLAIN = EnumSet.of(LegacyColumn.ID, LegacyColumn.USER_ID, LegacyColumn.SYMBOL,
            LegacyColumn.GENERATED_AT, LegacyColumn.EXPIRES_AT, LegacyColumn.CREATED_AT);

    private static final Set<String> PLAIN_TYPES = Set.of("uuid", "text", "character varying", "timestamp with time zone");
    private static final Set<String> TEXTS = LegacyColumn.Kind.TEXT.types();
    private static final Set<String> NUMBERS = LegacyColumn.Kind.NUMBER.types();

    /** What a trade made by Quantum says when it is asked for its model. */
    static final String MODEL = "quantum-btc";

    /** Extra legacy columns that a native trade can answer, and the types they are answered in. */
    private static final Map<String, Computed> COMPUTED = Map.of(
            "tp1_allocation", new Computed("q.tp1_allocation", NUMBERS),
            "tp2_allocation", new Computed("q.tp2_allocation", NUMBERS),
            "tp3_allocation", new Computed("q.tp3_allocation", NUMBERS),
            "risk_reward_ratio", new Computed(RISK_REWARD, NUMBERS),
            "market_condition", new Computed("q.wave_pattern_collapse", TEXTS),
            "ai_model_version", new Computed("'" + MODEL + "'", TEXTS),
            "direction", new Computed("CASE WHEN q.tp1_price > q.entry_optimal THEN 'LONG' ELSE 'SHORT' END", TEXTS));

    private record Computed(String sql, Set<String> types) {
    }

    private CompatColumns() {
    }

    static String select(Optional<LegacyTable> legacy) {
        return legacy.map(CompatColumns::joined).orElseGet(CompatColumns::alone);
    }

    /** What a legacy row of a trade made by Quantum holds, by the column's own name; a column without an answer is left out. */
    static Map<String, String> carried(LegacyTable table) {
        Map<String, LegacyColumn> meanings = meanings(table);
        Map<String, String> carried = new LinkedHashMap<>();
        table.types().forEach((name, type) -> {
            if (meanings.containsKey(name)) {
                carried.put(name, as(KEPT.get(meanings.get(name)), type));
            } else if (COMPUTED.containsKey(name) && COMPUTED.get(name).types.contains(type)) {
                carried.put(name, as(COMPUTED.get(name).sql, type));
            }
        });
        return carried;
    }

    /** What an existing legacy row becomes when Quantum's version is kept: where both mean the same, it stays as it is. */
    static Map<String, String> rewritten(LegacyTable table) {
        Map<String, LegacyColumn> meanings = meanings(table);
        Map<String, String> rewritten = new LinkedHashMap<>();
        table.types().keySet().stream().filter(name -> meanings.containsKey(name) && meanings.get(name) != LegacyColumn.ID)
                .forEach(name -> rewritten.put(name, mapped(table, meanings.get(name))));
        return rewritten;
    }

    /** The legacy word for a trade's status, of the column's type. */
    static String status(LegacyTable table) {
        return as(LEGACY_WORD, table.types().get(table.columns().get(LegacyColumn.STATUS)));
    }

    /** The present moment, of the type of the column that says when a row was changed. */
    static String now(LegacyTable table) {
        return as("clock_timestamp()", table.types().get(table.columns().get(LegacyColumn.UPDATED_AT)));
    }

    private static Map<String, LegacyColumn> meanings(LegacyTable table) {
        return table.columns().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private static String joined(LegacyTable table) {
        Map<String, LegacyColumn> meanings = meanings(table);
        return "SELECT " + table.types().keySet().stream()
                .map(name -> (meanings.containsKey(name) ? mapped(table, meanings.get(name)) : extra(table, name)) + " AS " + quote(name))
                .collect(Collectors.joining(",\n    "))
                + "\nFROM public.btc_trades q LEFT JOIN " + table.quoted() + " l ON l." + table.quoted(LegacyColumn.ID) + " = q.id";
    }

    private static String mapped(LegacyTable table, LegacyColumn column) {
        String name = table.columns().get(column);
        String type = table.types().get(name);
        if (PLAIN.contains(column) && PLAIN_TYPES.contains(type)) {
            return KEPT.get(column) + "::" + type;
        }
        String original = "l." + quote(name);
        String kept = as(KEPT.get(column), type);
        return "CASE WHEN " + hasLegacyRow(table) + " AND " + unchanged(table, column)
                + " THEN " + original + " ELSE " + kept + " END";
    }

    /** True for a trade that still holds what the migration made of the legacy value. */
    private static String unchanged(LegacyTable table, LegacyColumn column) {
        String name = table.columns().get(column);
        String value = "l." + quote(name) + "::" + column.kind().readAs();
        return switch (column) {
            case STATUS, UPDATED_AT -> "q.status = " + table.mappedStatus("l.");
            case ENTRY_PRICE, TP1_PRICE, TP2_PRICE, TP3_PRICE, STOP_LOSS_PRICE -> KEPT.get(column) + " = round(" + value + ", 8)";
            case STOP_LOSS_PERCENTAGE -> KEPT.get(column) + " = round(" + value + ", 2)";
            case AI_REASONING -> KEPT.get(column) + " = coalesce(" + value + ", 'Migrated from ATGE - Original AI analysis')";
            case GENERATED_AT, EXPIRES_AT, CREATED_AT -> as(KEPT.get(column), table.types().get(name)) + " = l." + quote(name);
            default -> KEPT.get(column) + " IS NOT DISTINCT FROM " + value;
        };
    }

    private static String extra(LegacyTable table, String name) {
        Computed computed = COMPUTED.get(name);
        String type = table.types().get(name);
        if (computed == null || !computed.types.contains(type)) {
            return "l." + quote(name);
        }
        return "CASE WHEN " + hasLegacyRow(table) + " THEN l." + quote(name) + " ELSE " + as(computed.sql, type) + " END";
    }

    private static String hasLegacyRow(LegacyTable table) {
        return "l." + table.quoted(LegacyColumn.ID) + " IS NOT NULL";
    }

    /** Without length or precision, which could cut off or refuse a native trade's value. */
    private static String as(String sql, String type) {
        return switch (type) {
            case "character" -> "(" + sql + ")::bpchar";
            // A legacy time without zone is in UTC, as ATGE's servers and our sessions are.
            case "timestamp without time zone" -> "(" + sql + " AT TIME ZONE 'UTC')";
            default -> "(" + sql + ")::" + type;
        };
    }

    /** The usual shape, from btc_trades alone. */
    private static String alone() {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String name : List.of("id", "user_id", "symbol", "status", "entry_price", "tp1_price", "tp1_allocation",
                "tp2_price", "tp2_allocation", "tp3_price", "tp3_allocation", "stop_loss_price", "stop_loss_percentage",
                "timeframe", "timeframe_hours", "confidence_score", "risk_reward_ratio", "market_condition",
                "ai_reasoning", "ai_model_version", "generated_at", "expires_at", "created_at", "updated_at")) {
            Computed computed = COMPUTED.get(name);
            columns.put(name, computed == null ? "NULL::character varying" : as(computed.sql, computed.types == NUMBERS ? "numeric" : "character varying"));
        }
        KEPT.forEach((column, sql) -> columns.put(column.names().get(0), sql));
        columns.put("status", as(KEPT.get(LegacyColumn.STATUS), "character varying"));
        return columns.entrySet().stream().map(column -> column.getValue() + " AS " + column.getKey())
                .collect(Collectors.joining(",\n    ", "SELECT ", "\nFROM public.btc_trades q"));
    }

    private static Map<LegacyColumn, String> kept() {
        Map<LegacyColumn, String> kept = new LinkedHashMap<>();
        for (LegacyColumn column : LegacyColumn.values()) {
            kept.put(column, switch (column) {
                case STATUS -> LEGACY_WORD;
                case ENTRY_PRICE -> "q.entry_optimal";
                case STOP_LOSS_PERCENTAGE -> "q.max_loss_percent";
                case AI_REASONING -> "q.quantum_reasoning";
                default -> "q." + column.names().get(0);
            });
        }
        return kept;
    }
}
