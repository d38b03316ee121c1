package quantumbtc.migration;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/**
 * How a user's trades in the legacy table ended, for the old endpoints. Profits come from ATGE's own results; without
 * those they are unknown, and so null.
 */
public final class LegacyFigures {

    private static final List<String> ADVANCED = List.of("averageWin", "averageLoss", "profitFactor", "winLossRatio", "sharpeRatio", "maxDrawdown");
    private static final List<String> PROOF = List.of("verifiedTrades", "averageDataQuality");

    private final Database database;
    private final String sourceTable;
    private final Clock clock;

    /** @param sourceTable the legacy table's name as the settings give it */
    public LegacyFigures(Database database, String sourceTable, Clock clock) {
        this.database = database;
        this.sourceTable = sourceTable;
        this.clock = clock;
    }

    /** All figures side by side. They are computed now, so they are as old as the answer. */
    public Map<String, Object> statistics(UUID user) {
        return database.jdbi().withHandle(handle -> {
            Map<String, Object> statistics = figures(handle, user, null);
            statistics.put("lastCalculated", clock.instant());
            statistics.put("cacheAge", 0);
            return statistics;
        });
    }

    /** @param symbol null for all */
    public Map<String, Object> stats(UUID user, String symbol) {
        return database.jdbi().inTransaction(handle -> {
            Map<String, Object> performance = figures(handle, user, symbol);
            Map<String, Object> stats = new LinkedHashMap<>();
            stats.put("success", true);
            stats.put("performanceStats", performance);
            stats.put("proofStats", part(performance, PROOF));
            stats.put("analyticsData", Map.of("symbolPerformance", groups(handle, user, symbol, LegacyColumn.SYMBOL),
                    "timeframePerformance", groups(handle, user, symbol, LegacyColumn.TIMEFRAME)));
            stats.put("advancedMetrics", part(performance, ADVANCED));
            return stats;
        });
    }

    private static Map<String, Object> part(Map<String, Object> whole, List<String> names) {
        Map<String, Object> part = new LinkedHashMap<>();
        names.forEach(name -> part.put(name, whole.remove(name)));
        return part;
    }

    private Map<String, Object> figures(Handle handle, UUID user, String symbol) {
        return bind(handle.createQuery(with(handle) + Sql.of("migration/sum-legacy-trades")), user, symbol)
                .map((row, context) -> {
                    Map<String, Object> figures = new LinkedHashMap<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        figures.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
                    }
                    return figures;
                }).one();
    }

    private List<Map<String, Object>> groups(Handle handle, UUID user, String symbol, LegacyColumn by) {
        String name = by.names().get(0);
        return bind(handle.createQuery(with(handle) + Sql.of("migration/group-legacy-trades").replace("${by}", name)), user, symbol)
                .map((row, context) -> {
                    Map<String, Object> group = new LinkedHashMap<>();
                    group.put(name, row.getString("name"));
                    for (String figure : List.of("totalTrades", "winningTrades", "losingTrades", "winRate", "totalProfitLoss")) {
                        group.put(figure, row.getObject(figure));
                    }
                    return group;
                }).list();
    }

    private static Query bind(Query query, UUID user, String symbol) {
        return query.bind("user", user).bind("symbol", symbol);
    }

    /** The user's trades under fixed names, each with its result where there is one. */
    private String with(Handle handle) {
        LegacyTable table = LegacyTable.find(handle, sourceTable);
        Optional<LegacyChild.Found> results = LegacyChild.RESULT.find(handle, table);
        String net = results.flatMap(found -> found.first("r", "netProfitLossUsd", "profitLossUsd")).orElse("NULL");
        String quality = results.flatMap(found -> found.first("r", "dataQualityScore")).orElse("NULL");
        String there = results.map(found -> "r." + found.link() + " IS NOT NULL").orElse("NULL");
        return "WITH own AS (SELECT t." + table.quoted(LegacyColumn.ID) + " AS id, t." + table.quoted(LegacyColumn.SYMBOL) + "::text AS symbol, t."
                + table.quoted(LegacyColumn.STATUS) + "::text AS status, t." + table.quoted(LegacyColumn.TIMEFRAME) + "::text AS timeframe, t."
                + table.quoted(LegacyColumn.CONFIDENCE_SCORE) + "::numeric AS confidence, t." + table.read(LegacyColumn.GENERATED_AT) + " AS generated_at, ("
                + net + ")::numeric AS net, (" + quality + ")::numeric AS quality, (" + there + ")::boolean AS verified FROM " + table.quoted() + " t"
                + results.map(found -> " LEFT JOIN " + found.quoted() + " r ON r." + found.link() + " = t." + table.quoted(LegacyColumn.ID)).orElse("")
                + " WHERE t." + table.quoted(LegacyColumn.USER_ID) + " = :user AND (CAST(:symbol AS text) IS NULL OR t." + table.quoted(LegacyColumn.SYMBOL)
                + " = CAST(:symbol AS text)))\n";
    }
}
