package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.trade.Direction;
import quantumbtc.validation.Profit;

/** What the trades brought day by day, beside what holding the same $1,000 would have brought. */
public final class ProfitCurve {

    private final Database database;

    public ProfitCurve(Database database) {
        this.database = database;
    }

    /**
     * One UTC day on which trades ended or the market was seen.
     *
     * @param trades     trades with a known profit that ended on it
     * @param profit     USD that they brought, each with $1,000; 0 when none ended
     * @param total      USD of all days up to it
     * @param price      USD per BTC at its last full hour; null when that is not known
     * @param buyAndHold USD that $1,000 bought at the first known hour would have brought by then; null as the price
     */
    public record Day(LocalDate day, long trades, BigDecimal profit, BigDecimal total, BigDecimal price, BigDecimal buyAndHold) {
    }

    /** @param days oldest first */
    public record Curve(List<Day> days) {
    }

    private record Brought(LocalDate day, long trades, BigDecimal profit) {
    }

    private record Market(LocalDate day, BigDecimal price, BigDecimal first) {
    }

    /** Of one user's trades, as they are now. */
    public Curve ofUser(UUID user) {
        return database.jdbi().withHandle(handle ->
                curve(handle, handle.createQuery(Sql.of("monitoring/list-own-profit-days")).bind("user", user)));
    }

    /** Of everybody's, as of the last validation. */
    public Curve ofAll() {
        return database.jdbi().withHandle(handle -> curve(handle, handle.createQuery(Sql.of("monitoring/list-all-profit-days"))));
    }

    private static Curve curve(Handle handle, Query profits) {
        Map<LocalDate, Brought> brought = new TreeMap<>();
        profits.map((row, context) -> new Brought(day(row), row.getLong("trades"), row.getBigDecimal("profit")))
                .forEach(day -> brought.put(day.day(), day));
        Map<LocalDate, Market> markets = new TreeMap<>();
        handle.createQuery(Sql.of("monitoring/list-market-days"))
                .map((row, context) -> new Market(day(row), row.getBigDecimal("price"), row.getBigDecimal("first_price")))
                .forEach(market -> markets.put(market.day(), market));
        TreeSet<LocalDate> days = new TreeSet<>(brought.keySet());
        days.addAll(markets.keySet());
        List<Day> curve = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (LocalDate day : days) {
            Brought ended = brought.getOrDefault(day, new Brought(day, 0, BigDecimal.ZERO));
            total = total.add(ended.profit());
            Market market = markets.get(day);
            curve.add(new Day(day, ended.trades(), ended.profit(), total, market == null ? null : market.price(),
                    market == null ? null : Profit.of(Direction.LONG, market.first(), market.price())));
        }
        return new Curve(curve);
    }

    private static LocalDate day(ResultSet row) throws SQLException {
        return row.getObject("day", LocalDate.class);
    }
}
