package quantumbtc.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.validation.Bars.at;
import static quantumbtc.validation.Bars.bar;
import static quantumbtc.validation.Bars.longTrade;
import static quantumbtc.validation.Bars.shortTrade;
import static quantumbtc.validation.Bars.trade;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.trade.Direction;
import quantumbtc.trade.TradeStatus;
import quantumbtc.trade.Trades;
import quantumbtc.validation.OpenTrade;
import quantumbtc.validation.ValidationStage;

class DashboardTest {

    private final ValidationStage stage = new ValidationStage();
    private final PerformanceDashboard dashboard = new PerformanceDashboard(stage.database.database(), stage.clock);
    private final TradeDetails details = new TradeDetails(stage.database.database(), new Trades(stage.database.database()));

    @AfterEach
    void close() {
        stage.close();
    }

    private static List<Candle> hourWithRise() {
        List<Candle> candles = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            candles.add(minute == 10 ? bar(10, 100_000, 101_500, 100_000, 101_200) : bar(minute, 100_000, 100_000, 100_000, 100_000));
        }
        return candles;
    }

    @Test
    void without_trades_nothing_is_claimed() {
        Metrics metrics = dashboard.ofAll();
        assertThat(metrics.totalTrades()).isZero();
        assertThat(metrics.overallAccuracy()).isNull();
        assertThat(metrics.totalProfitLoss()).isNull();
        assertThat(metrics.bestTimeframe()).isEqualTo("N/A");
        assertThat(metrics.apiReliability().kraken()).isNull();
        assertThat(metrics.asOf()).isNull();
    }

    @Test
    void before_the_first_validation_all_trades_are_counted_as_they_are() {
        stage.store(List.of(longTrade(), shortTrade()));
        stage.database.execute("UPDATE btc_trades SET status = 'HIT' WHERE tp1_price > entry_optimal");
        Metrics metrics = dashboard.ofAll();
        assertThat(metrics.asOf()).isNull();
        assertThat(metrics.counts()).isEqualTo(new TradeCounts(1, 1, 0, 0, 0, 0, 1));
        assertThat(metrics.overallAccuracy()).isEqualTo(100);
        assertThat(metrics.maxDrawdown()).isNull();
    }

    @Test
    void every_number_follows_from_the_rows() {
        stage.store(List.of(longTrade(), shortTrade(), trade(Direction.LONG, 95_000, 95_000, 96_000, 97_000, 98_000, 94_000, 0, 60),
                trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 0, 600)));
        stage.database.execute("INSERT INTO btc_trades (user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                + "max_loss_percent, quantum_reasoning, mathematical_justification, status, generated_at, expires_at) "
                + "VALUES ('" + ValidationStage.USER + "', 1, 1, 1, 2, 3, 4, 0.5, 1, 'r', 'm', 'HIT', now(), now())");
        stage.validate(at(60), hourWithRise(), null);
        Metrics metrics = dashboard.ofAll();

        assertThat(metrics.counts()).isEqualTo(new TradeCounts(1, 2, 1, 1, 0, 3, 1));
        assertThat(metrics.totalTrades()).isEqualTo(5);
        assertThat(metrics.overallAccuracy()).isEqualTo(50);
        assertThat(metrics.accuracyInterval().low()).isBetween(10.0, 20.0);
        // Half at 101,000, half at the last close of 100,000: 5 less costs; the short stopped at 101,000: 10 lost and costs.
        assertThat(metrics.profitTrades()).isEqualTo(2);
        assertThat(metrics.totalProfitLoss()).isEqualByComparingTo(new java.math.BigDecimal("0.99").add(new java.math.BigDecimal("-14.02")));
        assertThat(metrics.maxDrawdown()).isEqualTo(14.02, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(metrics.profitFactor()).isEqualTo(0.99 / 14.02, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(metrics.score().trades()).isEqualTo(2);
        assertThat(metrics.score().brier()).isEqualTo((0.3 * 0.3 + 0.7 * 0.7) / 2, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(metrics.score().bins().get(7).cameTrue()).isEqualTo(50.0);
        assertThat(metrics.averageConfidenceWinning()).isEqualTo(70.0);
        assertThat(metrics.recentTrades()).hasSize(5);
        assertThat(metrics.bestTimeframe()).isEqualTo("N/A");
        assertThat(dashboard.ofUser(ValidationStage.USER)).usingRecursiveComparison().ignoringFields("totalProfitLoss").isEqualTo(metrics);
        assertThat(dashboard.ofUser(UUID.randomUUID()).totalTrades()).isZero();
    }

    @Test
    void the_drawdown_is_that_of_the_trades_in_the_order_of_their_ends_within_a_day_and_over_midnight() {
        stage.store(List.of(longTrade(), trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 20, 600)));
        List<Candle> day = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            day.add(minute == 10 ? bar(10, 100_000, 103_500, 100_000, 100_000) : minute == 40 ? bar(40, 100_000, 100_000, 98_900, 100_000)
                    : bar(minute, 100_000, 100_000, 100_000, 100_000));
        }
        stage.validate(at(60), day, null);
        // 17 and then -10, each less about 4 of costs: what the day brought on the whole, -1.01, is not what it fell by.
        assertThat(dashboard.ofAll().totalProfitLoss()).isEqualByComparingTo("-1.014");
        assertThat(dashboard.ofAll().maxDrawdown()).isEqualTo(13.98, org.assertj.core.data.Offset.offset(1e-9));

        int tomorrow = 1_440;
        stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, tomorrow, tomorrow + 600));
        stage.validate(at(tomorrow + 60), List.of(bar(tomorrow, 100_000, 100_000, 100_000, 100_000), bar(tomorrow + 1, 100_000, 100_000, 98_900, 99_000)), null);
        assertThat(dashboard.ofAll().maxDrawdown()).isEqualTo(2 * 13.98, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(dashboard.ofUser(ValidationStage.USER).maxDrawdown()).isEqualTo(2 * 13.98, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void a_drawdown_that_does_not_hold_every_end_is_not_claimed() {
        stage.store(shortTrade());
        stage.validate(at(60), hourWithRise(), null);
        stage.database.execute("TRUNCATE quantum_ops.drawdown_days");
        assertThat(dashboard.ofAll().profitTrades()).isEqualTo(1);
        assertThat(dashboard.ofAll().maxDrawdown()).isNull();
        stage.validate(at(60), hourWithRise(), null);
        assertThat(dashboard.ofAll().maxDrawdown()).isEqualTo(14.02, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void the_quality_that_the_mapping_gives_a_migrated_trade_is_in_no_average() {
        stage.store(longTrade());
        stage.database.execute("UPDATE btc_trades SET data_quality_score = 90");
        stage.validate(at(60), hourWithRise(), null);
        assertThat(stage.database.count("quantum_ops.market_hours WHERE data_quality_score IS NOT NULL")).isZero();
        assertThat(dashboard.ofAll().dataQualityTrend()).as("no hour was measured").isEmpty();
        assertThat(stage.database.value("SELECT average_data_quality FROM prediction_accuracy_database ORDER BY period_end DESC LIMIT 1",
                java.math.BigDecimal.class)).isNull();
    }

    @Test
    void timeframes_are_ranked_from_thirty_trades_on() {
        List<OpenTrade> trades = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            trades.add(i < 40 ? longTrade() : shortTrade());
        }
        stage.store(trades);
        // Longs are hit and shorts stopped: 30 trades of one word, 25 of them hit, and 30 of another, 15 of them hit.
        for (int i = 0; i < 60; i++) {
            stage.database.execute("UPDATE btc_trades SET timeframe = '" + (i < 25 || i >= 55 ? "4h" : "1d") + "' WHERE id = '" + trades.get(i).id() + "'");
        }
        stage.validate(at(60), hourWithRise(), null);
        Metrics metrics = dashboard.ofAll();
        assertThat(metrics.timeframes()).extracting(TimeframeAccuracy::trades).containsExactly(30L, 30L);
        assertThat(metrics.bestTimeframe()).isEqualTo("4h");
        assertThat(metrics.worstTimeframe()).isEqualTo("1d");
    }

    @Test
    void details_show_the_hours_newest_first_and_what_was_touched() {
        UUID hit = stage.store(longTrade());
        stage.validate(at(60), hourWithRise(), null);
        TradeDetails.Answer answer = details.ofUser(hit, ValidationStage.USER).orElseThrow();
        assertThat(answer.trade().status()).isEqualTo(TradeStatus.HIT);
        assertThat(answer.validationHistory()).singleElement().satisfies(hour -> {
            assertThat(hour.tradeId()).isEqualTo(hit);
            assertThat(hour.marketCap()).isNull();
        });
        assertThat(answer.currentStatus().targetsHit()).isEqualTo(new CurrentStatus.TargetsHit(true, false, false, false));
        assertThat(answer.currentStatus().currentPrice()).isEqualByComparingTo("100000");
        assertThat(answer.currentStatus().lastValidated()).isEqualTo(at(60));
        assertThat(answer.currentStatus().outcome().profitUsd()).isEqualByComparingTo("0.99");
        assertThat(details.ofUser(hit, UUID.randomUUID())).isEmpty();
        assertThat(details.ofAnyone(hit)).isPresent();
        assertThat(details.ofAnyone(UUID.randomUUID())).isEmpty();
    }

    @Test
    void a_trade_never_judged_here_claims_no_price_and_no_touch() {
        UUID fresh = stage.store(longTrade());
        CurrentStatus status = details.ofUser(fresh, ValidationStage.USER).orElseThrow().currentStatus();
        assertThat(status.currentPrice()).isNull();
        assertThat(status.targetsHit()).isEqualTo(CurrentStatus.TargetsHit.UNKNOWN);
        assertThat(status.lastValidated()).isNull();
    }
}
