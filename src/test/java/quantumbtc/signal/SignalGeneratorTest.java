package quantumbtc.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.market.Candle;
import quantumbtc.market.HistoryTooShort;
import quantumbtc.market.Purity;
import quantumbtc.testing.Markets;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.Trade;

class SignalGeneratorTest {

    private static final UUID USER = UUID.fromString("7f000000-0000-4000-8000-000000000001");
    private final SignalGenerator generator = new SignalGenerator(Calibration.shipped(), 720);

    @Test
    void the_same_inputs_and_seed_give_the_same_trade() {
        List<Candle> candles = Markets.walk(5, 800, 9_000, 0.006, 0);
        Instant at = candles.get(799).end();
        assertThat(generate(candles, at, 42)).isEqualTo(generate(candles, at, 42));
    }

    @Test
    void cutting_off_the_future_leaves_the_signal_as_it_is() {
        List<Candle> candles = Markets.walk(6, 1_200, 9_000, 0.006, 0);
        Chart whole = Chart.of(candles);
        for (int hours = 150; hours < 1_150; hours += 7) {
            Instant at = candles.get(hours).end().plus(Duration.ofMinutes(hours % 60));
            BigDecimal price = candles.get(hours).close();
            List<Candle> past = candles.stream().filter(candle -> !candle.end().isAfter(at)).toList();
            assertThat(generate(whole, price, at, 3)).isEqualTo(generate(Chart.of(past), price, at, 3));
        }
    }

    @Test
    void a_rising_market_is_bought_and_a_falling_one_sold() {
        assertThat(generate(Markets.walk(1, 500, 9_000, 0.003, 0.001), 1).trade().direction()).isEqualTo(Direction.LONG);
        assertThat(generate(Markets.walk(1, 500, 9_000, 0.003, -0.001), 1).trade().direction()).isEqualTo(Direction.SHORT);
    }

    @Test
    void too_little_history_is_refused_with_what_is_missing() {
        List<Candle> candles = Markets.walk(1, 119, 9_000, 0.005, 0);
        assertThatThrownBy(() -> generate(candles, 1)).isInstanceOfSatisfying(HistoryTooShort.class, refusal -> {
            assertThat(refusal.candles()).isEqualTo(119);
            assertThat(refusal.needed()).isEqualTo(120);
        }).hasMessageContaining("1 are missing");
    }

    @Test
    void a_history_that_ends_long_ago_is_refused() {
        List<Candle> candles = Markets.walk(1, 300, 9_000, 0.005, 0);
        Instant later = candles.get(299).end().plus(Duration.ofHours(7));
        assertThatThrownBy(() -> generate(candles, later, 1)).isInstanceOf(HistoryTooShort.class).hasMessageContaining("newest");
    }

    @Test
    void sources_that_disagree_lower_the_confidence() {
        List<Candle> candles = Markets.walk(9, 800, 9_000, 0.006, 0);
        Instant at = candles.get(799).end();
        BigDecimal price = candles.get(799).close();
        Trade sure = generate(Chart.of(candles), price, at, 1).trade();
        Trade unsure = generator.generate(new SignalInputs(Chart.of(candles), Markets.said(price, at), Markets.disagreeing(price), USER, 1, at)).trade();
        assertThat(unsure.confidence()).isLessThan(sure.confidence());
        assertThat(unsure.justification()).contains("differ by more than 1 %");
    }

    @ParameterizedTest
    @EnumSource(value = Timeframe.class, names = {"HOUR", "FOUR_HOURS", "DAY"})
    void a_timeframe_that_is_asked_for_is_taken_whatever_the_others_promise(Timeframe asked) {
        List<Candle> candles = Markets.walk(9, 600, 9_000, 0.006, 0);
        Instant at = candles.get(599).end();
        BigDecimal price = candles.get(599).close();
        Trade free = generate(Chart.of(candles), price, at, 1).trade();
        Trade trade = generator.generate(new SignalInputs(Chart.of(candles), Markets.said(price, at), Markets.pure(price), USER, 1, at, asked)).trade();
        assertThat(trade.timeframe()).isEqualTo(asked.label());
        assertThat(trade.expiresAt()).isEqualTo(at.plus(Duration.ofHours(asked.hours())));
        assertThat(trade.justification()).contains(asked.label() + " is what was asked for");
        if (free.timeframe().equals(asked.label())) {
            assertThat(trade.targets()).isEqualTo(free.targets());
        }
        assertThatThrownBy(() -> generator.generate(new SignalInputs(Chart.of(candles), Markets.said(price, at), Markets.pure(price), USER, 1, at, Timeframe.WEEK)))
                .isInstanceOf(HistoryTooShort.class).hasMessageContaining("a trade of 1w");
    }

    @Test
    void impure_market_data_makes_no_trade() {
        List<Candle> candles = Markets.walk(9, 800, 9_000, 0.006, 0);
        Instant at = candles.get(799).end();
        Purity impure = new Purity(55, false, BigDecimal.TEN, null, false, List.of(), List.of(), List.of("a second price"));
        assertThatThrownBy(() -> generator.generate(new SignalInputs(Chart.of(candles), Markets.said(BigDecimal.TEN, at), impure, USER, 1, at)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a second price");
    }

    @Test
    void proofs_triggers_and_formulas_come_from_what_was_computed() {
        List<Candle> candles = Markets.walk(11, 900, 9_000, 0.006, 0);
        Instant at = candles.get(899).end();
        Generated generated = generate(candles, 1);
        Trade trade = generated.trade();
        assertThat(trade.proofs()).singleElement().satisfies(proof -> {
            assertThat(proof.source()).isEqualTo("Kraken");
            assertThat(proof.price()).isEqualByComparingTo(candles.get(899).close());
            assertThat(proof.timestamp()).isEqualTo(at);
        });
        assertThat(trade.triggers()).hasSize(5).allSatisfy(trigger -> {
            Candle then = candles.stream().filter(candle -> candle.end().equals(trigger.at())).findFirst().orElseThrow();
            assertThat(trigger.price()).isEqualByComparingTo(BigDecimal.valueOf(then.close().doubleValue()));
            assertThat(trigger.at().plus(Duration.ofHours(trade.timeframeHours()))).isBefore(at.plusSeconds(1));
            assertThat(trigger.followed()).isIn("HIT", "NOT_HIT", "EXPIRED");
        });
        assertThat(trade.justification()).contains("ATR(48)", "First passage over 2000 bootstrap paths", "Collapse score",
                trade.targets().get(0).price().toPlainString(), "confidence " + trade.confidence() + " %");
        assertThat(generated.inputs()).containsKeys("rawProbability", "baseRate", "expectedUsd", "lastCandleEnd");
    }

    private Generated generate(List<Candle> candles, long seed) {
        return generate(candles, candles.get(candles.size() - 1).end(), seed);
    }

    private Generated generate(List<Candle> candles, Instant at, long seed) {
        return generate(Chart.of(candles), candles.get(candles.size() - 1).close(), at, seed);
    }

    private Generated generate(Chart chart, BigDecimal price, Instant at, long seed) {
        return generator.generate(new SignalInputs(chart, Markets.said(price, at), Markets.pure(price), USER, seed, at));
    }
}
