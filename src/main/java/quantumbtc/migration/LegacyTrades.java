package quantumbtc.migration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Target;
import quantumbtc.trade.Trade;

/**
 * A user's trades in the legacy table, for the old endpoints when there is no old deployment to ask. Whatever the legacy
 * table does not say is left out.
 */
public final class LegacyTrades {

    private static final int PRICE_DECIMALS = 2;
    /** Answered under these names as far as the table has them. */
    private static final Map<String, String> EXTRAS = extras();

    private static final Set<LegacyColumn> SORTED = EnumSet.of(LegacyColumn.GENERATED_AT, LegacyColumn.EXPIRES_AT, LegacyColumn.CREATED_AT,
            LegacyColumn.CONFIDENCE_SCORE, LegacyColumn.STATUS, LegacyColumn.TIMEFRAME, LegacyColumn.ENTRY_PRICE);

    private final Database database;
    private final String sourceTable;
    private final Clock clock;

    /** @param sourceTable the legacy table's name as the settings give it */
    public LegacyTrades(Database database, String sourceTable, Clock clock) {
        this.database = database;
        this.sourceTable = sourceTable;
        this.clock = clock;
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
     * Writes a trade just made as a row of the legacy table, from where the sync brings it over as it does any other.
     *
     * @return the old endpoint's answer
     * @throws Refused when the table has a column that must be filled and for which there is no value; nothing was written
     */
    public Map<String, Object> store(Generated generated) {
        Trade trade = generated.trade();
        database.jdbi().useTransaction(handle -> insert(handle, LegacyTable.find(handle, sourceTable), trade));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("message", "Trade signal generated");
        answer.put("trade", generatedView(trade));
        answer.put("metadata", Map.of("aiModel", "quantum-btc",
                "dataSource", trade.proofs().stream().map(proof -> proof.source()).distinct().collect(Collectors.joining(", ")),
                "generationTime", Duration.between(trade.generatedAt(), clock.instant()).toMillis()));
        return answer;
    }

    private void insert(Handle handle, LegacyTable table, Trade trade) {
        Map<String, String> columns = CompatColumns.carried(table);
        List<String> missing = handle.createQuery(Sql.of("migration/find-required-columns")).bind("table", table.quoted())
                .mapToMap().list().stream().map(row -> (String) row.get("name")).filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new Refused("the legacy table " + table + " needs values that nobody gave: " + String.join(", ", missing) + ". Nothing was written.");
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        handle.createUpdate("INSERT INTO " + table.quoted() + " (" + columns.keySet().stream().map(LegacyTable::quote).collect(Collectors.joining(", "))
                        + ") SELECT " + String.join(", ", columns.values()) + " FROM (" + Sql.of("migration/trade-as-row") + ") q")
                .bind("id", trade.id()).bind("user", trade.userId()).bind("symbol", trade.symbol()).bind("status", trade.status().name())
                .bind("entry", trade.entry().optimal())
                .bind("tp1", trade.targets().get(0).price()).bind("tp2", trade.targets().get(1).price()).bind("tp3", trade.targets().get(2).price())
                .bind("part1", trade.targets().get(0).allocation()).bind("part2", trade.targets().get(1).allocation()).bind("part3", trade.targets().get(2).allocation())
                .bind("stop", trade.stop()).bind("loss", trade.maxLossPercent()).bind("timeframe", trade.timeframe())
                .bind("hours", trade.timeframeHours()).bind("confidence", trade.confidence()).bind("reasoning", trade.reasoning())
                .bind("generated", trade.generatedAt().atOffset(ZoneOffset.UTC)).bind("expires", trade.expiresAt().atOffset(ZoneOffset.UTC))
                .bind("now", now).execute();
    }

    private static Map<String, Object> generatedView(Trade trade) {
        Map<String, Object> targets = new LinkedHashMap<>();
        for (int i = 0; i < trade.targets().size(); i++) {
            Target target = trade.targets().get(i);
            targets.put("tp" + (i + 1), Map.of("price", target.price(), "allocation", target.allocation()));
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", trade.id());
        view.put("symbol", trade.symbol());
        view.put("entryPrice", trade.entry().optimal());
        view.put("takeProfit", targets);
        view.put("stopLoss", Map.of("price", trade.stop(), "percentage", trade.maxLossPercent()));
        view.put("timeframe", trade.timeframe());
        view.put("confidenceScore", trade.confidence());
        view.put("riskRewardRatio", riskReward(trade));
        view.put("reasoning", trade.reasoning());
        view.put("generatedAt", trade.generatedAt());
        view.put("expiresAt", trade.expiresAt());
        return view;
    }

    private static BigDecimal riskReward(Trade trade) {
        BigDecimal entry = trade.entry().optimal();
        return trade.targets().get(0).price().subtract(entry).abs()
                .divide(entry.subtract(trade.stop()).abs(), PRICE_DECIMALS, RoundingMode.HALF_UP);
    }

    /**
     * For routes: as {@link #list(LegacyQuery)}.
     *
     * @throws IllegalArgumentException for a column that cannot be sorted by
     */
    public Map<String, Object> page(Map<String, Object> query) {
        LegacyColumn sortBy = Arrays.stream(LegacyColumn.values()).filter(column -> SORTED.contains(column)
                        && camel(column.names().get(0)).equals(query.get("sortBy"))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sortBy must be one of "
                        + SORTED.stream().map(column -> camel(column.names().get(0))).sorted().collect(Collectors.joining(", ")) + "."));
        return list(new LegacyQuery((UUID) query.get("user"), (String) query.get("symbol"), (String) query.get("status"),
                (String) query.get("timeframe"), (Instant) query.get("from"), (Instant) query.get("until"), sortBy,
                (Boolean) query.get("ascending"), (Integer) query.get("limit"), (Integer) query.get("offset")));
    }

    /** A page of one user's trades. */
    public Map<String, Object> list(LegacyQuery query) {
        return database.jdbi().withHandle(handle -> {
            LegacyTable table = LegacyTable.find(handle, sourceTable);
            Map<String, String> columns = columns(table);
            String where = where(table, query);
            long total = bind(handle.createQuery("SELECT count(*) FROM " + table.quoted() + where), query).mapTo(Long.class).one();
            String order = table.quoted(query.sortBy()) + (query.ascending() ? " ASC" : " DESC") + " NULLS LAST, " + table.quoted(LegacyColumn.ID);
            String selected = columns.entrySet().stream().map(column -> column.getValue() + " AS " + LegacyTable.quote(column.getKey()))
                    .collect(Collectors.joining(", "));
            List<Map<String, Object>> trades = bind(handle.createQuery("SELECT " + selected + " FROM " + table.quoted() + where
                    + " ORDER BY " + order + " LIMIT :limit OFFSET :offset"), query)
                    .bind("limit", query.limit()).bind("offset", query.offset())
                    .map((row, context) -> read(row, columns.keySet())).list();
            return Map.of("success", true, "trades", trades, "pagination", Map.of("total", total, "limit", query.limit(),
                    "offset", query.offset(), "hasMore", query.offset() + trades.size() < total));
        });
    }

    private static Map<String, String> columns(LegacyTable table) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (LegacyColumn column : LegacyColumn.values()) {
            columns.put(camel(column.names().get(0)), table.read(column));
        }
        EXTRAS.forEach((name, column) -> {
            if (table.types().containsKey(column)) {
                columns.put(name, LegacyTable.quote(column));
            }
        });
        return columns;
    }

    private static String where(LegacyTable table, LegacyQuery query) {
        List<String> conditions = new ArrayList<>(List.of(table.quoted(LegacyColumn.USER_ID) + " = :user"));
        if (query.symbol() != null) {
            conditions.add(table.quoted(LegacyColumn.SYMBOL) + " = :symbol");
        }
        if (query.status() != null) {
            conditions.add(table.quoted(LegacyColumn.STATUS) + "::text = :status");
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

    private static Map<String, Object> read(ResultSet row, Iterable<String> names) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : names) {
            Object value = row.getObject(name);
            values.put(name, value instanceof Timestamp time ? time.toInstant() : value);
        }
        return values;
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    /** Counts of one user's trades by how they ended. A rate over nothing is null. */
    public Map<String, Object> statistics(UUID user, String symbol) {
        return database.jdbi().withHandle(handle -> {
            LegacyTable table = LegacyTable.find(handle, sourceTable);
            String status = table.quoted(LegacyColumn.STATUS) + "::text";
            return handle.createQuery("SELECT count(*) AS total, count(*) FILTER (WHERE " + status + " = 'active') AS active, "
                            + "count(*) FILTER (WHERE " + status + " = 'completed_success') AS won, count(*) FILTER (WHERE " + status
                            + " = 'completed_failure') AS lost, count(*) FILTER (WHERE " + status + " = 'expired') AS expired, round(avg("
                            + table.read(LegacyColumn.CONFIDENCE_SCORE) + "), 2) AS confidence FROM " + table.quoted() + " WHERE "
                            + table.quoted(LegacyColumn.USER_ID) + " = :user AND (:symbol::text IS NULL OR " + table.quoted(LegacyColumn.SYMBOL) + " = :symbol::text)")
                    .bind("user", user).bind("symbol", symbol).map((row, context) -> statistics(row)).one();
        });
    }

    private static Map<String, Object> statistics(ResultSet row) throws SQLException {
        long won = row.getLong("won");
        long lost = row.getLong("lost");
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("totalTrades", row.getLong("total"));
        statistics.put("activeTrades", row.getLong("active"));
        statistics.put("winningTrades", won);
        statistics.put("losingTrades", lost);
        statistics.put("expiredTrades", row.getLong("expired"));
        statistics.put("winRate", won + lost == 0 ? null : Math.round(10_000.0 * won / (won + lost)) / 100.0);
        statistics.put("averageConfidence", row.getBigDecimal("confidence"));
        return statistics;
    }
}
