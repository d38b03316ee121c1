package quantumbtc.migration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.trade.Claim;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Target;
import quantumbtc.trade.Trade;

/** New trades for users of ATGE where there is no old deployment: rows of the legacy table, as ATGE would write them. */
public final class LegacySignals {

    private static final int MOST_A_DAY = 20;
    private static final Duration DAY = Duration.ofHours(24);
    private static final int RATIO_DECIMALS = 2;

    private final Database database;
    private final String sourceTable;
    private final Clock clock;

    /** @param sourceTable the legacy table's name as the settings give it */
    public LegacySignals(Database database, String sourceTable, Clock clock) {
        this.database = database;
        this.sourceTable = sourceTable;
        this.clock = clock;
    }

    /** @throws DayIsFull when the legacy table has as many trades of the user's last 24 hours as ATGE allows */
    public void requireRoomToday(UUID user) {
        Instant since = clock.instant().minus(DAY);
        Optional<Instant> first = database.jdbi().withHandle(handle -> {
            LegacyTable table = LegacyTable.find(handle, sourceTable);
            String generated = table.read(LegacyColumn.GENERATED_AT);
            return handle.createQuery("SELECT min(at) FROM (SELECT " + generated + " AS at FROM " + table.quoted() + " WHERE "
                            + table.quoted(LegacyColumn.USER_ID) + " = :user AND " + generated + " > :since ORDER BY at DESC LIMIT " + MOST_A_DAY
                            + ") newest HAVING count(*) = " + MOST_A_DAY)
                    .bind("user", user).bind("since", since.atOffset(ZoneOffset.UTC)).mapTo(Instant.class).findOne();
        });
        if (first.isPresent()) {
            throw new DayIsFull("Rate limit exceeded. At most " + MOST_A_DAY + " trades are generated in 24 hours.", Duration.between(since, first.get()));
        }
    }

    /**
     * Writes a trade just made as a row of the legacy table, from where the sync brings it over as it does any other.
     *
     * @throws Refused when the table has a column that must be filled and for which there is no value; nothing was written
     * @throws quantumbtc.trade.NotInTime when the request has given up meanwhile; nothing was written
     */
    public Trade store(Claim claim, Generated generated) {
        return claim.store(() -> {
            database.jdbi().useTransaction(handle -> insert(handle, LegacyTable.find(handle, sourceTable), generated.trade()));
            return generated.trade();
        });
    }

    private void insert(Handle handle, LegacyTable table, Trade trade) {
        Map<String, String> columns = columns(handle, table);
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        handle.createUpdate("INSERT INTO " + table.quoted() + " (" + columns.keySet().stream().map(LegacyTable::quote).collect(Collectors.joining(", "))
                        + ") SELECT " + String.join(", ", columns.values()) + " FROM (" + Sql.of("migration/trade-as-row") + ") q")
                .bind("id", trade.id()).bind("user", trade.userId()).bind("symbol", trade.symbol()).bind("status", trade.status().name())
                .bind("entry", trade.entry().optimal())
                .bind("tp1", trade.targets().get(0).price()).bind("tp2", trade.targets().get(1).price()).bind("tp3", trade.targets().get(2).price())
                .bind("part1", trade.targets().get(0).allocation()).bind("part2", trade.targets().get(1).allocation()).bind("part3", trade.targets().get(2).allocation())
                .bind("stop", trade.stop()).bind("loss", trade.maxLossPercent()).bind("timeframe", trade.timeframe())
                .bind("pattern", trade.wavePattern())
                .bind("hours", trade.timeframeHours()).bind("confidence", trade.confidence()).bind("reasoning", trade.reasoning())
                .bind("generated", trade.generatedAt().atOffset(ZoneOffset.UTC)).bind("expires", trade.expiresAt().atOffset(ZoneOffset.UTC))
                .bind("now", now).execute();
    }

    /** What is written, by column; a column that the database fills itself is left to it. */
    private static Map<String, String> columns(Handle handle, LegacyTable table) {
        Map<String, String> columns = new LinkedHashMap<>(CompatColumns.carried(table));
        List<String> missing = new ArrayList<>();
        handle.createQuery(Sql.of("migration/find-required-columns")).bind("table", table.quoted()).map((row, context) -> {
            String name = row.getString("name");
            return row.getBoolean("refuses") ? columns.remove(name) != null : !columns.containsKey(name) && missing.add(name);
        }).list();
        if (!missing.isEmpty()) {
            throw new Refused("the legacy table " + table + " needs values that nobody gave: " + String.join(", ", missing) + ". Nothing was written.");
        }
        return columns;
    }

    /** The old endpoint's answer. */
    public Map<String, Object> answer(Trade trade) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("message", "Trade signal generated");
        answer.put("trade", view(trade));
        answer.put("metadata", Map.of("aiModel", CompatColumns.MODEL,
                "dataSource", trade.proofs().stream().map(proof -> proof.source()).distinct().collect(Collectors.joining(", ")),
                "generationTime", Duration.between(trade.generatedAt(), clock.instant()).toMillis()));
        return answer;
    }

    private static Map<String, Object> view(Trade trade) {
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
        view.put("marketCondition", trade.wavePattern());
        view.put("reasoning", trade.reasoning());
        view.put("generatedAt", trade.generatedAt());
        view.put("expiresAt", trade.expiresAt());
        return view;
    }

    private static BigDecimal riskReward(Trade trade) {
        BigDecimal entry = trade.entry().optimal();
        return trade.targets().get(0).price().subtract(entry).abs()
                .divide(entry.subtract(trade.stop()).abs(), RATIO_DECIMALS, RoundingMode.HALF_UP);
    }
}
