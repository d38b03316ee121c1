package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantumbtc.trade.TradeStatus;

class PerformanceTest {

    private static JudgedTrade trade(int day, String timeframe, TradeStatus status, Integer confidence, String profit, String hold, Double base) {
        Instant at = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(86_400L * day);
        return new JudgedTrade(at, at.plusSeconds(3_600), timeframe, status, confidence, profit == null ? null : new BigDecimal(profit),
                hold == null ? null : new BigDecimal(hold), base);
    }

    private final List<JudgedTrade> four = List.of(
            trade(1, "1h", TradeStatus.HIT, 80, "10", "4", 0.5),
            trade(2, "1h", TradeStatus.NOT_HIT, 60, "-20", "-6", 0.7),
            trade(3, "1d", TradeStatus.HIT, 70, "5", "2", 0.6),
            trade(4, "1d", TradeStatus.EXPIRED, 50, "-1", "0", 0.6));

    @Test
    void counts_rates_and_money_are_as_by_hand() {
        Performance all = Performance.of(four);
        assertThat(all.trades()).isEqualTo(4);
        assertThat(all.hitRate()).isEqualTo(0.5);
        // Wilson for 2 of 4: (0.5 + 0.48018) / 1.96036 -+ 0.34995.
        assertThat(all.interval().low()).isCloseTo(0.1500, within(1e-4));
        assertThat(all.interval().high()).isCloseTo(0.8500, within(1e-4));
        assertThat(all.expectancy()).isEqualTo(-1.5);
        assertThat(all.totalProfit()).isEqualTo(-6);
        assertThat(all.profitFactor()).isCloseTo(15.0 / 21, within(1e-12));
        // 10, -10, -5, -6: from 10 down to -10.
        assertThat(all.maxDrawdown()).isEqualTo(20);
        assertThat(all.buyAndHold()).isEqualTo(0);
        assertThat(all.baseRate()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void what_trades_brought_that_ended_at_the_same_instant_is_one_step_of_the_drawdown() {
        assertThat(Performance.of(List.of(trade(1, "1h", TradeStatus.NOT_HIT, 60, "-20", "0", 0.5), trade(1, "1h", TradeStatus.HIT, 60, "15", "0", 0.5),
                trade(2, "1h", TradeStatus.HIT, 60, "5", "0", 0.5))).maxDrawdown()).isEqualTo(5);
    }

    @Test
    void brier_scores_and_calibration_are_as_by_hand() {
        Score score = Performance.of(four).score();
        // (0.2^2 + 0.6^2 + 0.3^2 + 0.5^2) / 4
        assertThat(score.brier()).isCloseTo(0.185, within(1e-12));
        // all say 0.6: (0.16 + 0.36 + 0.16 + 0.36) / 4
        assertThat(score.brierBaseRate()).isCloseTo(0.26, within(1e-12));
        assertThat(score.brierConstant()).isCloseTo(0.25, within(1e-12));
        // |80 - 100|, |60 - 0|, |70 - 100|, |50 - 0|
        assertThat(score.calibrationError()).isCloseTo(40, within(1e-9));
        assertThat(score.bins()).hasSize(10);
        assertThat(score.bins().get(8)).isEqualTo(new CalibrationBin(80, 1, 80.0, 100.0));
        assertThat(score.bins().get(0)).isEqualTo(new CalibrationBin(0, 0, null, null));
    }

    @Test
    void a_hundred_percent_belongs_to_the_last_bin() {
        Score score = Performance.of(List.of(trade(1, "1h", TradeStatus.HIT, 100, "1", null, null))).score();
        assertThat(score.bins().get(9).trades()).isEqualTo(1);
        assertThat(score.brierBaseRate()).isNull();
    }

    @Test
    void an_invalidated_trade_stays_in_the_denominator_but_is_no_forecast() {
        Performance all = Performance.of(List.of(four.get(0), trade(5, "1h", TradeStatus.INVALIDATED, 90, null, null, null)));
        assertThat(all.hitRate()).isEqualTo(0.5);
        assertThat(all.expectancy()).isEqualTo(10);
        assertThat(all.profitFactor()).isNull();
        assertThat(all.score().trades()).isEqualTo(1);
    }

    @Test
    void without_trades_everything_unknown_is_absent() {
        Performance none = Performance.of(List.of());
        assertThat(none.hitRate()).isNull();
        assertThat(none.interval()).isNull();
        assertThat(none.expectancy()).isNull();
        assertThat(none.score()).isNull();
    }

    @Test
    void timeframes_come_short_to_long_and_few_trades_are_not_ranked() {
        assertThat(Performance.byTimeframe(four)).containsOnlyKeys("1h", "1d").allSatisfy((word, one) -> assertThat(one.ranked()).isFalse());
        assertThat(Performance.of(Collections.nCopies(30, four.get(0))).ranked()).isTrue();
    }
}
