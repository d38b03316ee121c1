package quantumbtc.validation;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import quantumbtc.db.Sql;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;
import quantumbtc.trade.TradeStatus;

/** Reads the trades of a shard to which something can have happened, as a stream. */
final class TradesToJudge {

    /** Rows that the driver holds at a time. */
    private static final int FETCHED = 10_000;

    /**
     * @param known   false when the trade was never judged before
     * @param ownMark true when judging it failed last time
     */
    record Row(OpenTrade trade, TradeStatus status, boolean known, boolean ownMark) {
    }

    /** What is done with each. */
    interface Work {
        void accept(Row row) throws SQLException;
    }

    private TradesToJudge() {
    }

    /** On the transaction of the connection, whose auto-commit is off. */
    static void each(Connection connection, Shard shard, Evidence evidence, Work work) throws SQLException {
        BigDecimal highest = evidence.highestSince(shard.judgedUntil());
        BigDecimal lowest = evidence.lowestSince(shard.judgedUntil());
        Instant over = evidence.until() == null || evidence.until().isBefore(evidence.hopeless()) ? evidence.hopeless() : evidence.until();
        try (PreparedStatement statement = connection.prepareStatement(Sql.of("validation/read-trades-to-judge"))) {
            statement.setFetchSize(FETCHED);
            int parameter = 1;
            for (UUID id : new UUID[] {shard.firstId(), shard.lastId(), shard.firstId(), shard.lastId()}) {
                statement.setObject(parameter++, id);
            }
            statement.setObject(parameter++, over.atOffset(ZoneOffset.UTC));
            for (BigDecimal price : new BigDecimal[] {highest, lowest, highest, lowest, highest, highest, lowest}) {
                statement.setObject(parameter++, price, Types.NUMERIC);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    work.accept(row(rows, shard.judgedUntil()));
                }
            }
        }
    }

    private static Row row(ResultSet rows, Instant shardMark) throws SQLException {
        boolean known = rows.getBoolean("known");
        BigDecimal optimal = rows.getBigDecimal("entry_optimal");
        List<Target> targets = List.of(
                new Target(rows.getBigDecimal("tp1_price"), rows.getInt("tp1_allocation")),
                new Target(rows.getBigDecimal("tp2_price"), rows.getInt("tp2_allocation")),
                new Target(rows.getBigDecimal("tp3_price"), rows.getInt("tp3_allocation")));
        OpenTrade trade = new OpenTrade(rows.getObject("id", UUID.class), Direction.of(optimal, targets.get(0).price()),
                new EntryZone(rows.getBigDecimal("entry_min"), rows.getBigDecimal("entry_max"), optimal), targets,
                rows.getBigDecimal("stop_loss_price"), instant(rows, "generated_at"), instant(rows, "expires_at"),
                known ? standing(rows, shardMark) : Standing.NONE);
        return new Row(trade, TradeStatus.valueOf(rows.getString("status")), known,
                known && rows.getObject("judged_until") != null);
    }

    private static Standing standing(ResultSet rows, Instant shardMark) throws SQLException {
        Instant own = instant(rows, "judged_until");
        String cameFrom = rows.getString("came_from");
        return new Standing(own == null ? shardMark : own, cameFrom == null ? null : Side.valueOf(cameFrom),
                instant(rows, "entered_at"), rows.getBigDecimal("entry_price"), instant(rows, "tp1_hit_at"),
                instant(rows, "tp2_hit_at"), instant(rows, "tp3_hit_at"), rows.getBoolean("ambiguous"), rows.getBoolean("single_venue"));
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
