package quantumbtc.testing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import quantumbtc.market.Candle;
import quantumbtc.market.MarketData;
import quantumbtc.market.Purity;
import quantumbtc.market.Quote;
import quantumbtc.market.Source;

/** Made-up markets whose laws are known. */
public final class Markets {

    public static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private Markets() {
    }

    /**
     * Hourly candles of a random walk.
     *
     * @param volatility standard deviation of one hour's change
     * @param drift      mean of one hour's change
     */
    public static List<Candle> walk(long seed, int hours, double price, double volatility, double drift) {
        Random random = new Random(seed);
        List<Candle> candles = new ArrayList<>();
        int ticks = 30;
        double at = price;
        for (int hour = 0; hour < hours; hour++) {
            double open = at;
            double high = at;
            double low = at;
            for (int tick = 0; tick < ticks; tick++) {
                at *= Math.exp(drift / ticks + volatility / Math.sqrt(ticks) * random.nextGaussian());
                high = Math.max(high, at);
                low = Math.min(low, at);
            }
            candles.add(new Candle(START.plus(Duration.ofHours(hour)), Duration.ofHours(1), money(open), money(high), money(low),
                    money(at), BigDecimal.ONE, "Kraken"));
        }
        return candles;
    }

    private static BigDecimal money(double value) {
        return BigDecimal.valueOf(value).setScale(8, RoundingMode.HALF_EVEN);
    }

    /** What one source says: this price, at this time. */
    public static MarketData said(BigDecimal price, Instant at) {
        return new MarketData(at, List.of(Source.KRAKEN), List.of(new Quote(Source.KRAKEN, price, at, null, null, null, false)),
                null, null, List.of(), false);
    }

    public static Purity pure(BigDecimal price) {
        return new Purity(95, true, price, new BigDecimal("0.1"), false, List.of(Source.KRAKEN), List.of(), List.of());
    }

    /** As {@link #pure}, but the sources differ by more than 1 %. */
    public static Purity disagreeing(BigDecimal price) {
        return new Purity(80, true, price, new BigDecimal("1.4"), true, List.of(Source.KRAKEN), List.of(), List.of());
    }
}
