package quantumbtc.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.testing.Markets;

class IndicatorsTest {

    @Test
    void no_indicator_at_a_candle_depends_on_a_later_one() {
        List<Candle> candles = Markets.walk(4, 400, 9_000, 0.01, 0);
        Indicators whole = Chart.of(candles).indicators;
        for (int size = 60; size < 400; size += 13) {
            Indicators cut = Chart.of(candles.subList(0, size)).indicators;
            int last = size - 1;
            assertThat(new double[] {cut.atr()[last], cut.volatility()[last], cut.ema20()[last], cut.ema50()[last], cut.ema200()[last],
                cut.rsi()[last], cut.macd()[last], cut.adx()[last], cut.percentB()[last], cut.swingHigh()[last], cut.swingLow()[last]})
                    .containsExactly(whole.atr()[last], whole.volatility()[last], whole.ema20()[last], whole.ema50()[last],
                            whole.ema200()[last], whole.rsi()[last], whole.macd()[last], whole.adx()[last], whole.percentB()[last],
                            whole.swingHigh()[last], whole.swingLow()[last]);
        }
    }

    @Test
    void the_typical_move_is_that_of_the_walk() {
        assertThat(Chart.of(Markets.walk(4, 2_000, 9_000, 0.01, 0)).volatility()).isCloseTo(0.01, within(0.002));
    }

    @Test
    void candles_in_any_order_and_twice_make_the_same_chart() {
        List<Candle> candles = Markets.walk(4, 200, 9_000, 0.01, 0);
        List<Candle> mixed = new ArrayList<>(candles);
        mixed.addAll(candles.subList(50, 90));
        Collections.shuffle(mixed, new java.util.Random(1));
        assertThat(Chart.of(mixed).close).containsExactly(Chart.of(candles).close);
    }

    @Test
    void the_running_candle_is_not_seen() {
        List<Candle> candles = Markets.walk(4, 200, 9_000, 0.01, 0);
        Candle tenth = candles.get(9);
        Chart chart = Chart.of(candles);
        assertThat(chart.until(tenth.end()).size()).isEqualTo(10);
        assertThat(chart.until(tenth.end().minus(Duration.ofSeconds(1))).size()).isEqualTo(9);
    }
}
