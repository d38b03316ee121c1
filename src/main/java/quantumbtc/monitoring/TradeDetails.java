package quantumbtc.monitoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.trade.Trade;
import quantumbtc.trade.TradeView;
import quantumbtc.trade.Trades;

/** Everything that is known about one trade: itself, its hours, what was odd about it, and where it stands. */
public final class TradeDetails {

    private final Database database;
    private final Trades trades;

    public TradeDetails(Database database, Trades trades) {
        this.database = database;
        this.trades = trades;
    }

    /** @param validationHistory newest first */
    public record Answer(boolean success, TradeView trade, List<SnapshotView> validationHistory, List<AnomalyView> anomalies,
                         CurrentStatus currentStatus) {
    }

    /** One row of quantum_anomaly_logs about the trade. */
    public record AnomalyView(UUID id, @JsonProperty("anomaly_type") String type, String severity, String description,
                              @JsonProperty("detected_at") Instant detectedAt) {
    }

    /** Empty when there is no such trade, or when it is another user's. */
    public Optional<Answer> ofUser(UUID id, UUID user) {
        return trades.find(id, user).map(this::details);
    }

    /** Whoever's it is; for a role that may see every trade. */
    public Optional<Answer> ofAnyone(UUID id) {
        return tradeOfAnyone(id).map(this::details);
    }

    /** The trade alone, whoever's it is; for a role that may see every trade. */
    public Optional<Trade> tradeOfAnyone(UUID id) {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("monitoring/read-owner")).bind("id", id)
                .mapTo(UUID.class).findOne()).flatMap(owner -> trades.find(id, owner));
    }

    private Answer details(Trade trade) {
        return database.jdbi().withHandle(handle -> {
            List<SnapshotView> history = handle.createQuery(Sql.of("monitoring/list-snapshots")).bind("id", trade.id())
                    .map((row, context) -> SnapshotView.read(trade.id(), row)).list();
            List<AnomalyView> anomalies = handle.createQuery(Sql.of("monitoring/list-trade-anomalies")).bind("id", trade.id())
                    .map((row, context) -> new AnomalyView(row.getObject("id", UUID.class), row.getString("anomaly_type"),
                            row.getString("severity"), row.getString("description"), instant(row, "detected_at"))).list();
            return new Answer(true, TradeView.of(trade), history, anomalies, status(handle, trade, history));
        });
    }

    private static CurrentStatus status(Handle handle, Trade trade, List<SnapshotView> history) {
        SnapshotView newest = history.isEmpty() ? null : history.get(0);
        return handle.createQuery(Sql.of("monitoring/read-progress")).bind("id", trade.id())
                .map((row, context) -> status(trade, newest, touched(row), outcome(row))).findOne()
                .orElseGet(() -> status(trade, newest, CurrentStatus.TargetsHit.UNKNOWN, null));
    }

    private static CurrentStatus status(Trade trade, SnapshotView newest, CurrentStatus.TargetsHit touched, CurrentStatus.Outcome outcome) {
        return new CurrentStatus(trade.status(), newest == null ? null : newest.price(), touched,
                newest == null ? null : newest.deviation(), newest == null ? null : newest.phaseShift(), trade.lastValidatedAt(), outcome);
    }

    private static CurrentStatus.TargetsHit touched(ResultSet row) throws SQLException {
        return new CurrentStatus.TargetsHit(row.getObject("tp1_hit_at") != null, row.getObject("tp2_hit_at") != null,
                row.getObject("tp3_hit_at") != null, row.getObject("stop_hit_at") != null);
    }

    private static CurrentStatus.Outcome outcome(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return reason == null ? null : new CurrentStatus.Outcome(reason, instant(row, "entered_at"), row.getBigDecimal("entry_price"),
                row.getBigDecimal("exit_price"), row.getBigDecimal("profit_usd"), row.getBoolean("ambiguous"), row.getBoolean("single_venue"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
