package quantumbtc.validation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import quantumbtc.market.Assessment;
import quantumbtc.market.Candle;
import quantumbtc.market.Candles;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/** A database with a user, a clock, and the validation as the program wires it. */
public final class ValidationStage implements AutoCloseable {

    public static final UUID USER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    public final TestDatabase database;
    public final SettableClock clock = new SettableClock(Bars.START);
    public final HourlyValidation validation;

    public ValidationStage(Version version) {
        database = TestDatabase.withSchema(version);
        database.execute("INSERT INTO users (id, email) VALUES ('" + USER + "', 'a@example.org')");
        validation = newValidation();
    }

    public ValidationStage() {
        this(Version.V18);
    }

    HourlyValidation newValidation() {
        ValidationLease lease = new ValidationLease(database.database(), clock, 30);
        return new HourlyValidation(database.database(), lease, clock, 2, Duration.ofHours(24));
    }

    public ValidationReport validate(Instant now, Candle... candles) {
        return validate(now, List.of(candles), null);
    }

    public ValidationReport validate(Instant now, List<Candle> candles, Assessment market) {
        clock.set(now);
        List<Candle> kraken = candles.stream().filter(candle -> candle.venue().equals(Bars.KRAKEN)).toList();
        List<Candle> other = candles.stream().filter(candle -> !candle.venue().equals(Bars.KRAKEN)).toList();
        return validation.judge(validation.open("command"), List.of(new Candles(now, kraken, other, List.of(), false)), market);
    }

    public UUID store(OpenTrade trade) {
        store(List.of(trade));
        return trade.id();
    }

    public void store(List<OpenTrade> trades) {
        database.database().jdbi().useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price,
                        stop_loss_price, max_loss_percent, timeframe, confidence_score, quantum_reasoning,
                        mathematical_justification, generated_at, expires_at)
                    VALUES (:id, :user, :min, :max, :optimal, :tp1, :tp2, :tp3, :stop, 1, '1h', 70, 'r', 'm', :generated, :expires)""");
            for (OpenTrade trade : trades) {
                batch.bind("id", trade.id()).bind("user", USER).bind("min", trade.zone().min()).bind("max", trade.zone().max())
                        .bind("optimal", trade.zone().optimal()).bind("tp1", trade.targets().get(0).price())
                        .bind("tp2", trade.targets().get(1).price()).bind("tp3", trade.targets().get(2).price())
                        .bind("stop", trade.stop()).bind("generated", trade.generatedAt().atOffset(ZoneOffset.UTC))
                        .bind("expires", trade.expiresAt().atOffset(ZoneOffset.UTC)).add();
            }
            batch.execute();
        });
    }

    public String status(UUID trade) {
        return database.value("SELECT status FROM btc_trades WHERE id = '" + trade + "'", String.class);
    }

    public String outcome(UUID trade, String column) {
        return database.value("SELECT (SELECT " + column + "::text FROM quantum_ops.trade_outcomes WHERE trade_id = '" + trade + "')", String.class);
    }

    /** One text over all rows that a run may change. */
    public String everything() {
        return database.value("""
                SELECT md5(string_agg(part, '|' ORDER BY part)) FROM (
                    SELECT t::text AS part FROM btc_trades t
                    UNION ALL SELECT s::text FROM btc_hourly_snapshots s
                    UNION ALL SELECT o::text FROM quantum_ops.trade_outcomes o
                    UNION ALL SELECT p::text FROM quantum_ops.open_trades p
                    UNION ALL SELECT a::text FROM quantum_anomaly_logs a
                    UNION ALL SELECT row(total_trades, trades_hit, period_start, period_end, overall_accuracy_rate)::text FROM prediction_accuracy_database
                    UNION ALL SELECT r::text FROM quantum_ops.trade_rollup r WHERE trades <> 0
                    UNION ALL SELECT d::text FROM quantum_ops.profit_days d
                    UNION ALL SELECT w::text FROM quantum_ops.drawdown_days w) all_rows""", String.class);
    }

    @Override
    public void close() {
        database.close();
    }
}
