package quantumbtc.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import quantumbtc.market.Candle;
import quantumbtc.testing.Markets;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Target;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.Trade;
import quantumbtc.trade.TradeStatus;

class SignalOrderTest {

    private final SignalGenerator generator = new SignalGenerator(Calibration.shipped(), 720);

    @Property(tries = 150)
    void stop_entry_and_targets_are_in_order_on_any_market(@ForAll long seed, @ForAll @IntRange(min = 120, max = 900) int hours,
            @ForAll @DoubleRange(min = 0.5, max = 900_000) double price, @ForAll @DoubleRange(min = 0, max = 0.08) double volatility,
            @ForAll @DoubleRange(min = -0.01, max = 0.01) double drift) {
        List<Candle> candles = Markets.walk(seed, hours, price, volatility, drift);
        Instant at = candles.get(hours - 1).end();
        BigDecimal close = candles.get(hours - 1).close();
        Trade trade = generator.generate(new SignalInputs(Chart.of(candles), Markets.said(close, at), Markets.pure(close),
                new UUID(0, 1), 1, at)).trade();
        boolean isLong = trade.direction() == Direction.LONG;
        List<BigDecimal> order = List.of(trade.stop(), isLong ? trade.entry().min() : trade.entry().max(), trade.entry().optimal(),
                trade.targets().get(0).price(), trade.targets().get(1).price(), trade.targets().get(2).price());
        for (int i = 1; i < order.size(); i++) {
            int step = order.get(i).compareTo(order.get(i - 1));
            // At a market without movement the zone shrinks to the price itself.
            assertThat(isLong ? step : -step).isGreaterThanOrEqualTo(i == 2 ? 0 : 1);
        }
        assertThat((isLong ? trade.entry().max() : trade.entry().min()).compareTo(trade.targets().get(0).price())).isEqualTo(isLong ? -1 : 1);
        assertThat(trade.confidence()).isBetween(0, 100);
        assertThat(trade.maxLossPercent()).isBetween(BigDecimal.ZERO, new BigDecimal("5.00"));
        assertThat(trade.targets()).extracting(Target::allocation).containsExactly(50, 30, 20);
        assertThat(trade.status()).isEqualTo(TradeStatus.ACTIVE);
        Timeframe timeframe = Timeframe.of(trade.timeframe()).orElseThrow();
        assertThat(Duration.between(trade.generatedAt(), trade.expiresAt())).isEqualTo(Duration.ofHours(timeframe.hours()));
    }
}
