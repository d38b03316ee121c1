package quantumbtc.migration;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/**
 * What ATGE keeps beside a trade in a table of its own: the fields that the old endpoints answer, and the columns that
 * the versions of ATGE keep them in.
 */
enum LegacyChild {
    RESULT("result", "trade_results", "id id", "actualEntryPrice actual_entry_price", "actualExitPrice actual_exit_price",
            "tp1Hit tp1_hit", "tp1HitAt tp1_hit_at", "tp1HitPrice tp1_hit_price", "tp2Hit tp2_hit", "tp2HitAt tp2_hit_at", "tp2HitPrice tp2_hit_price",
            "tp3Hit tp3_hit", "tp3HitAt tp3_hit_at", "tp3HitPrice tp3_hit_price", "stopLossHit stop_loss_hit sl_hit",
            "stopLossHitAt stop_loss_hit_at sl_hit_at", "stopLossHitPrice stop_loss_hit_price sl_hit_price",
            "profitLossUsd profit_loss_usd gross_profit_loss", "profitLossPercentage profit_loss_percentage", "tradeDurationMinutes trade_duration_minutes",
            "tradeSizeUsd trade_size_usd", "feesUsd fees_usd fees_paid", "slippageUsd slippage_usd slippage_cost",
            "netProfitLossUsd net_profit_loss_usd net_profit_loss", "dataSource data_source", "dataResolution data_resolution",
            "dataQualityScore data_quality_score", "aiAnalysis ai_analysis", "backtestedAt backtested_at"),
    INDICATORS("indicators", "trade_technical_indicators", "rsiValue rsi_value rsi_14", "rsiSignal rsi_signal", "macdValue macd_value macd_line",
            "macdSignal macd_signal", "ema20 ema_20", "ema50 ema_50", "ema200 ema_200", "bollingerUpper bollinger_upper",
            "bollingerMiddle bollinger_middle", "bollingerLower bollinger_lower", "volumeAvg volume_avg", "atr atr atr_value atr_14"),
    SNAPSHOT("snapshot", "trade_market_snapshot", "price price current_price", "volume24h volume_24h", "marketCap market_cap",
            "priceChange24h price_change_24h", "high24h high_24h", "low24h low_24h", "timestamp timestamp snapshot_at");

    private static final List<String> LINKS = List.of("trade_signal_id", "trade_id", "signal_id");

    private final String field;
    private final String table;
    private final List<List<String>> fields;

    /** @param fields the field's name, then its column's names, the usual one first */
    LegacyChild(String field, String table, String... fields) {
        this.field = field;
        this.table = table;
        this.fields = Arrays.stream(fields).map(names -> List.of(names.split(" "))).toList();
    }

    /** Under which the trade's answer has it. */
    String field() {
        return field;
    }

    /**
     * The table as it was found.
     *
     * @param quoted  schema and name, quoted for a statement
     * @param link    the column that holds the trade's id, quoted
     * @param columns SQL by field, for those that the table has
     */
    record Found(String quoted, String link, Map<String, String> columns) {

        /** SQL with a table's alias before the column; empty when the table has none of the fields. */
        Optional<String> first(String alias, String... names) {
            return Arrays.stream(names).filter(columns::containsKey).map(name -> alias + "." + columns.get(name)).findFirst();
        }
    }

    /** Empty when there is no such table beside the legacy table, or none that we may read. */
    Optional<Found> find(Handle handle, LegacyTable legacy) {
        Map<String, String> types = new LinkedHashMap<>();
        handle.createQuery(Sql.of("migration/list-readable-columns")).bind("schema", legacy.schema()).bind("table", table)
                .map((row, context) -> types.put(row.getString("name"), row.getString("type"))).list();
        return LINKS.stream().filter(link -> "uuid".equals(types.get(link))).findFirst().map(link -> {
            Map<String, String> columns = new LinkedHashMap<>();
            fields.forEach(names -> names.stream().skip(1).filter(types::containsKey).findFirst()
                    .ifPresent(name -> columns.put(names.get(0), read(name, types.get(name)))));
            return new Found(LegacyTable.quote(legacy.schema()) + "." + LegacyTable.quote(table), LegacyTable.quote(link), columns);
        });
    }

    private static String read(String column, String type) {
        return LegacyTable.quote(column) + (type.equals("timestamp without time zone") ? " AT TIME ZONE 'UTC'" : type.startsWith("json") ? "::text" : "");
    }
}
