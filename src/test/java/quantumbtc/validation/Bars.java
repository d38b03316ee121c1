package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import quantumbtc.market.Candle;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;

/** Hand-made candles and trades. */
public final class Bars {

    public static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    public static final String KRAKEN = "Kraken";
    public static final String OTHER = "CoinGecko";

    private Bars() {
    }

    /** One-minute candle, minutes after {@link #START}. */
    public static Candle bar(int minute, double open, double high, double low, double close) {
        return bar(KRAKEN, minute, 1, open, high, low, close);
    }

    public static Candle bar(String venue, int minute, int minutes, double open, double high, double low, double close) {
        return new Candle(START.plus(Duration.ofMinutes(minute)), Duration.ofMinutes(minutes), price(open), price(high), price(low),
                price(close), null, venue);
    }

    public static BigDecimal price(double value) {
        return BigDecimal.valueOf(value);
    }

    public static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    /** Entry at 100,000; targets 101,000, 102,000 and 103,000; stop 99,000; an hour to go. */
    public static OpenTrade longTrade() {
        return trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 0, 60);
    }

    /** The mirror image: targets 99,000, 98,000 and 97,000; stop 101,000. */
    public static OpenTrade shortTrade() {
        return trade(Direction.SHORT, 100_000, 100_000, 99_000, 98_000, 97_000, 101_000, 0, 60);
    }

    public static OpenTrade trade(Direction direction, double entryMin, double entryMax, double tp1, double tp2, double tp3, double stop,
                           int generatedMinute, int expiresMinute) {
        EntryZone zone = new EntryZone(price(entryMin), price(entryMax), price((entryMin + entryMax) / 2));
        return new OpenTrade(UUID.randomUUID(), direction, zone, List.of(new Target(price(tp1), 50), new Target(price(tp2), 30),
                new Target(price(tp3), 20)), price(stop), at(generatedMinute), at(expiresMinute), Standing.NONE);
    }

    /** The same candles turned over at 100,000, on which a short does what a long does on the given ones. */
    public static Candle turned(Candle candle) {
        return new Candle(candle.start(), candle.duration(), turned(candle.open()), turned(candle.low()), turned(candle.high()),
                turned(candle.close()), candle.volume(), candle.venue());
    }

    public static BigDecimal turned(BigDecimal price) {
        return new BigDecimal("200000").subtract(price);
    }
}
