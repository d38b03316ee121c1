package quantumbtc.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.testing.Markets;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.Trade;
import quantumbtc.trade.TradeStatus;
import quantumbtc.validation.Judge;
import quantumbtc.validation.OpenTrade;
import quantumbtc.validation.Standing;
import quantumbtc.validation.Timeline;

class ConfidenceTest {

    @Test
    void on_random_walks_what_the_bootstrap_says_comes_true_as_often() {
        SignalGenerator generator = new SignalGenerator(Calibration.none(), 720);
        double stated = 0;
        int trades = 0;
        int hits = 0;
        for (int market = 0; market < 400; market++) {
            List<Candle> candles = Markets.walk(1_000 + market, 720 + 168, 9_000, 0.006, 0);
            Instant at = candles.get(719).end();
            BigDecimal price = candles.get(719).close();
            Trade trade = generator.generate(new SignalInputs(Chart.of(candles), Markets.said(price, at), Markets.pure(price),
                    new UUID(0, market), market, at)).trade();
            OpenTrade open = new OpenTrade(trade.id(), trade.direction(), trade.entry(), trade.targets(), trade.stop(), at,
                    trade.expiresAt(), Standing.NONE);
            TradeStatus status = new Judge().judge(open, Timeline.of(candles), trade.expiresAt()).status();
            stated += trade.confidence() / 100.0;
            trades++;
            hits += status == TradeStatus.HIT ? 1 : 0;
        }
        // 2.3 percent points are one standard error of 400 trades; choosing the best timeframe adds some optimism.
        assertThat(hits / (double) trades).isCloseTo(stated / trades, within(0.08));
    }

    @Test
    void the_bootstrap_finds_the_known_first_passage_probability_of_a_walk_without_drift() {
        Chart chart = Chart.of(Markets.walk(3, 6_000, 9_000, 0.006, 0));
        double volatility = chart.volatility();
        Levels levels = new Levels(Timeframe.WEEK, quantumbtc.trade.Direction.LONG, volatility * 13, 2 * volatility, 20 * volatility,
                40 * volatility, 4 * volatility);
        Odds odds = new FirstPassage(chart, Trend.at(chart, chart.size() - 1), 6_000).of(List.of(levels), 1).get(0);
        // Between barriers at +2 and -4 steps: 4 / (2 + 4).
        assertThat(odds.hit() / (odds.hit() + odds.notHit())).isCloseTo(2.0 / 3, within(0.06));
        assertThat(odds.hit() + odds.notHit() + odds.expired()).isCloseTo(1, within(1e-9));
    }

    @Test
    void a_fit_finds_the_law_that_the_outcomes_follow() {
        Random random = new Random(7);
        List<Calibration.Observation> seen = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double raw = 0.05 + 0.9 * random.nextDouble();
            double truth = 1 / (1 + Math.exp(-(0.3 + 0.6 * Math.log(raw / (1 - raw)))));
            seen.add(new Calibration.Observation(Timeframe.WEEK, raw, random.nextDouble() < truth));
        }
        Calibration.Line line = Calibration.fit(seen).line(Timeframe.WEEK);
        assertThat(line.intercept()).isCloseTo(0.3, within(0.05));
        assertThat(line.slope()).isCloseTo(0.6, within(0.05));
    }

    @Test
    void the_shipped_calibration_rises_with_the_raw_probability_and_says_where_its_data_ends() {
        Calibration shipped = Calibration.shipped();
        assertThat(shipped.fittedUntil()).isEqualTo(Instant.parse("2019-01-01T00:00:00Z"));
        for (Timeframe timeframe : Timeframe.values()) {
            assertThat(shipped.probability(timeframe, 0.9)).isGreaterThan(shipped.probability(timeframe, 0.3)).isBetween(0.0, 1.0);
        }
    }
}
