package quantumbtc.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.trade.BadFilter;

/**
 * A user's trades in the legacy table, for the old endpoints when there is no old deployment to ask. Whatever the legacy
 * tables do not say is left out.
 */
public final class LegacyTrades {

    /** Answered under these names as far as the table has them. */
    private static final Map<String, String> EXTRAS = extras();

    private static final Set<LegacyColumn> SORTED = EnumSet.of(LegacyColumn.GENERATED_AT, LegacyColumn.EXPIRES_AT, LegacyColumn.CREATED_AT,
            LegacyColumn.CONFIDENCE_SCORE, LegacyColumn.STATUS, LegacyColumn.TIMEFRAME, LegacyColumn.ENTRY_PRICE);

    private final Database database;
    private final String sourceTable;

    /** @param sourceTable the legacy table's name as the settings give it */
    public LegacyTrades(Database database, String sourceTable) {
        this.database = database;
        this.sourceTable = sourceTable;
    }

    private static Map<String, String> extras() {
        Map<String, String> extras = new LinkedHashMap<>();
        extras.put("tp1Allocation", "tp1_allocation");
        extras.put("tp2Allocation", "tp2_allocation");
        extras.put("tp3Allocation", "tp3_allocation");
        extras.put("riskRewardRatio", "risk_reward_ratio");
        extras.put("marketCondition", "market_condition");
        extras.put("aiModelVersion", "ai_model_version");
        return extras;
    }

    /**
     * For routes: as {@link #list(LegacyQuery)}. The column to sort by is named as the answer has it or as the table has it.
     *
     * @throws BadFilter for a column that cannot be sorted by
     */
    public Map<String, Object> page(Map<String, Object> query) {
        LegacyColumn sortBy = SORTED.stream().filter(column -> name(column).equals(camel((String) query.get("sortBy")))).findFirst()
                .orElseThrow(() -> new BadFilter("sortBy must be one of "
                        + SORTED.stream().map(LegacyTrades::name).sorted().collect(Collectors.joining(", ")) + "."));
        return list(new LegacyQuery((UUID) query.get("user"), (String) query.get("symbol"), (String) query.get("status"),
                (String) query.get("timeframe"), (Instant) query.get("from"), (Instant) query.get("until"), (Boolean) query.get("needsData"), sortBy,
                (Boolean) query.get("ascending"), (Integer) query.get("limit"), (Integer) query.get("offset")));
    }

    /** A page of one user's trades. */
    public Map<String, Object> list(LegacyQuery query) {
        return database.jdbi().inTransaction(handle -> {
            LegacyTable table = LegacyTable.find(handle, sourceTable);
            Map<String, String> columns = columns(table);
            String where = where(table, query, LegacyChild.RESULT.find(handle, table));
            long total = bind(handle.createQuery("SELECT count(*) FROM " + table.quoted() + " t" + where), query).mapTo(Long.class).one();
            String order = table.quoted(query.sortBy()) + (query.ascending() ? " ASC" : " DESC") + " NULLS LAST, " + table.quoted(LegacyColumn.ID);
            List<Map<String, Object>> trades = bind(handle.createQuery("SELECT " + selected(columns) + " FROM " + table.quoted() + " t" + where
                    + " ORDER BY " + order + " LIMIT :limit OFFSET :offset"), query)
                    .bind("limit", query.limit()).bind("offset", query.offset())
                    .map((row, context) -> read(row, columns.keySet())).list();
            addChildren(handle, table, trades);
            return Map.of("success", true, "trades", trades, "pagination", Map.of("total", total, "limit", query.limit(),
                    "offset", query.offset(), "hasMore", query.offset() + trades.size() < total));
        });
    }

    private static Map<String, String> columns(LegacyTable table) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (LegacyColumn column : LegacyColumn.values()) {
            columns.put(name(column), table.read(column));
        }
        EXTRAS.forEach((name, column) -> {
            if (table.types().containsKey(column)) {
                columns.put(name, LegacyTable.quote(column));
            }
        });
        return columns;
    }

    private static String selected(Map<String, String> columns) {
        return columns.entrySet().stream().map(column -> column.getValue() + " AS " + LegacyTable.quote(column.getKey())).collect(Collectors.joining(", "));
    }

    private static String where(LegacyTable table, LegacyQuery query, Optional<LegacyChild.Found> results) {
        List<String> conditions = new ArrayList<>(List.of(table.quoted(LegacyColumn.USER_ID) + " = :user"));
        if (query.symbol() != null) {
            conditions.add(table.quoted(LegacyColumn.SYMBOL) + " = :symbol");
        }
        if (query.status() != null) {
            conditions.add(table.quoted(LegacyColumn.STATUS) + " = :status");
        }
        if (query.timeframe() != null) {
            conditions.add(table.quoted(LegacyColumn.TIMEFRAME) + " = :timeframe");
        }
        if (query.from() != null) {
            conditions.add(table.read(LegacyColumn.GENERATED_AT) + " >= :from");
        }
        if (query.until() != null) {
            conditions.add(table.read(LegacyColumn.GENERATED_AT) + " <= :until");
        }
        if (query.needsData()) {
            conditions.add(table.quoted(LegacyColumn.STATUS) + " = 'active'");
            results.ifPresent(found -> conditions.add("NOT EXISTS (SELECT 1 FROM " + found.quoted() + " c WHERE c." + found.link()
                    + " = t." + table.quoted(LegacyColumn.ID) + ")"));
        }
        return " WHERE " + String.join(" AND ", conditions);
    }

    private static Query bind(Query statement, LegacyQuery query) {
        statement.bind("user", query.user());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("symbol", query.symbol());
        values.put("status", query.status());
        values.put("timeframe", query.timeframe());
        values.put("from", query.from() == null ? null : query.from().atOffset(ZoneOffset.UTC));
        values.put("until", query.until() == null ? null : query.until().atOffset(ZoneOffset.UTC));
        values.values().removeIf(Objects::isNull);
        return statement.bindMap(values);
    }

    /** One statement a table, for the trades of the page alone. */
    private static void addChildren(Handle handle, LegacyTable table, List<Map<String, Object>> trades) {
        Object[] ids = trades.stream().map(trade -> trade.get("id")).toArray();
        for (LegacyChild child : LegacyChild.values()) {
            child.find(handle, table).filter(found -> ids.length > 0 && !found.columns().isEmpty()).ifPresent(found -> {
                Map<UUID, Map<String, Object>> byTrade = new LinkedHashMap<>();
                handle.createQuery("SELECT " + found.link() + " AS of_trade, " + selected(found.columns()) + " FROM " + found.quoted()
                        + " WHERE " + found.link() + " = ANY (:ids)").bindArray("ids", UUID.class, ids).map((row, context) -> {
                            Map<String, Object> values = read(row, found.columns().keySet());
                            values.values().removeIf(Objects::isNull);
                            return byTrade.putIfAbsent(row.getObject("of_trade", UUID.class), values);
                        }).list();
                trades.forEach(trade -> Optional.ofNullable(byTrade.get(trade.get("id"))).ifPresent(values -> trade.put(child.field(), values)));
            });
        }
    }

    private static Map<String, Object> read(ResultSet row, Iterable<String> names) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : names) {
            Object value = row.getObject(name);
            values.put(name, value instanceof Timestamp time ? time.toInstant() : value);
        }
        return values;
    }

    private static String name(LegacyColumn column) {
        return camel(column.names().get(0));
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("_")).filter(word -> !word.isEmpty()).map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.collectingAndThen(Collectors.joining(), all -> all.isEmpty() ? all : Character.toLowerCase(all.charAt(0)) + all.substring(1)));
    }
}
