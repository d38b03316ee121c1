package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.trade.Direction;
import quantumbtc.trade.TradeStatus;
import quantumbtc.validation.Drawdown;
import quantumbtc.validation.Interval;
import quantumbtc.validation.Profit;

/**
 * Computes the dashboard's numbers: of one user's trades from the rows, of all trades from the sums that each validation
 * keeps, so that their cost does not grow with the number of trades.
 */
public final class PerformanceDashboard {

    /** What concerns the system as a whole is read again after this long. */
    private static final Duration FACTS_KEPT = Duration.ofSeconds(10);
    private static final String NONE = "N/A";

    private final Database database;
    private final Clock clock;
    private volatile Facts facts;

    public PerformanceDashboard(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Facts(Instant readAt, Instant asOf, long anomalies, ApiReliability reliability, List<Double> quality, BigDecimal buyAndHold) {
    }

    /** Of one user's own trades, as they are now. */
    public Metrics ofUser(UUID user) {
        return database.jdbi().withHandle(handle -> {
            List<Sums.Group> groups = new ArrayList<>();
            List<Double> ends = new ArrayList<>();
            handle.createQuery(Sql.of("monitoring/sum-own")).bind("user", user)
                    .map((row, context) -> row.getBoolean("of_end") ? ends.add(row.getDouble("profit_sum")) : groups.add(group(row))).list();
            return metrics(handle, groups, Drawdown.deepestOf(ends), handle.createQuery(Sql.of("monitoring/list-own-recent-trades")).bind("user", user));
        });
    }

    /** Of everybody's trades, as of the last validation; before the first one as they are now. */
    public Metrics ofAll() {
        return database.jdbi().withHandle(handle -> {
            List<Sums.Group> kept = groups(handle, "monitoring/sum-all");
            List<Sums.Group> groups = kept.isEmpty() ? groups(handle, "monitoring/sum-all-rows") : kept;
            return metrics(handle, groups, drawdown(handle, new Sums(groups).profitTrades()), handle.createQuery(Sql.of("monitoring/list-recent-trades")));
        });
    }

    private static List<Sums.Group> groups(Handle handle, String statement) {
        return handle.createQuery(Sql.of(statement)).map((row, context) -> group(row)).list();
    }

    /** @return null while the days do not hold every trade that brought or lost something */
    private static Double drawdown(Handle handle, long profitTrades) {
        List<Drawdown> days = new ArrayList<>();
        long summedUp = handle.createQuery(Sql.of("monitoring/list-drawdown-days")).map((row, context) -> {
            days.add(new Drawdown(row.getDouble("profit_sum"), row.getDouble("highest"), row.getDouble("lowest"), row.getDouble("deepest")));
            return row.getLong("trades");
        }).list().stream().mapToLong(Long::longValue).sum();
        return summedUp == profitTrades ? Drawdown.deepest(days) : null;
    }

    private Metrics metrics(Handle handle, List<Sums.Group> groups, Double drawdown, Query newest) {
        Sums sums = new Sums(groups);
        TradeCounts counts = sums.counts();
        long over = counts.over();
        long profitTrades = sums.profitTrades();
        List<TimeframeAccuracy> timeframes = sums.timeframes();
        List<TimeframeAccuracy> ranked = Sums.ranked(timeframes);
        Comparator<TimeframeAccuracy> byAccuracy = Comparator.comparingDouble(TimeframeAccuracy::accuracy);
        boolean rankable = ranked.size() > 1;
        Facts market = facts(handle);
        return new Metrics(market.asOf(), counts.all(), counts, over == 0 ? null : 100.0 * counts.hit() / over,
                over == 0 ? null : Interval.wilson(counts.hit(), over).inPercent(),
                profitTrades == 0 ? null : sums.profit(), profitTrades,
                profitTrades == 0 ? null : sums.profit().doubleValue() / profitTrades, sums.profitFactor(),
                profitTrades == 0 ? null : drawdown,
                sums.confidence(Sums.Group::hit), sums.confidence(Sums.Group::missed),
                rankable ? ranked.stream().max(byAccuracy).orElseThrow().timeframe() : NONE,
                rankable ? ranked.stream().min(byAccuracy).orElseThrow().timeframe() : NONE,
                timeframes, sums.score(), sums.baseRate(), market.buyAndHold(), recent(newest), market.quality(),
                market.reliability(), market.anomalies());
    }

    private static Sums.Group group(ResultSet row) throws SQLException {
        return new Sums.Group(row.getBoolean("judged"), TradeStatus.valueOf(row.getString("status")), row.getString("timeframe"),
                row.getInt("decile"), row.getLong("trades"), row.getDouble("confidence_sum"), row.getDouble("brier_sum"),
                row.getLong("base_trades"), row.getDouble("base_sum"), row.getLong("profit_trades"), row.getBigDecimal("profit_sum"),
                row.getDouble("gain_sum"), row.getDouble("loss_sum"));
    }

    private static List<RecentTrade> recent(Query newest) {
        return newest.map((row, context) -> new RecentTrade(row.getObject("id", UUID.class), row.getString("symbol"), row.getBigDecimal("entry_optimal"),
                        row.getBigDecimal("tp1_price"), row.getBigDecimal("tp2_price"), row.getBigDecimal("tp3_price"),
                        row.getBigDecimal("stop_loss_price"), row.getString("timeframe"), row.getObject("confidence_score", Integer.class),
                        row.getString("status"), row.getObject("generated_at", OffsetDateTime.class).toInstant(),
                        row.getObject("data_quality_score", Integer.class))).list();
    }

    private Facts facts(Handle handle) {
        Facts known = facts;
        Instant now = clock.instant();
        if (known == null || Duration.between(known.readAt(), now).abs().compareTo(FACTS_KEPT) > 0) {
            List<Double> quality = handle.createQuery(Sql.of("monitoring/list-quality-days")).bind("now", now).mapTo(Double.class).list();
            known = handle.createQuery(Sql.of("monitoring/read-market-facts")).bind("now", now).map((row, context) -> facts(row, now, quality)).one();
            facts = known;
        }
        return known;
    }

    private static Facts facts(ResultSet row, Instant now, List<Double> quality) throws SQLException {
        OffsetDateTime asOf = row.getObject("validated_at", OffsetDateTime.class);
        BigDecimal first = row.getBigDecimal("first_price");
        return new Facts(now, asOf == null ? null : asOf.toInstant(), row.getLong("anomalies"),
                new ApiReliability(percent(row, "cmc"), percent(row, "coingecko"), percent(row, "kraken"), percent(row, "blockchain"),
                        percent(row, "lunarcrush")),
                quality, row.getLong("hours") < 2 ? null : Profit.of(Direction.LONG, first, row.getBigDecimal("last_price")));
    }

    private static Double percent(ResultSet row, String source) throws SQLException {
        BigDecimal value = row.getBigDecimal("api_reliability_" + source);
        return value == null ? null : value.doubleValue();
    }
}
