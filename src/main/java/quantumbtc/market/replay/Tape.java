package quantumbtc.market.replay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import quantumbtc.market.Candle;

/**
 * Old candles that can be asked for the price at any time. Inside a candle the price runs from the open over both
 * extremes to the close, so each of its four prices really occurs; between candles nobody trades.
 */
public final class Tape {

    private static final int DECIMALS = 2;

    private final TreeMap<Instant, Candle> candles = new TreeMap<>();

    /** @param candles of one venue, at least one, in any order */
    public Tape(List<Candle> candles) {
        if (candles.isEmpty()) {
            throw new IllegalArgumentException("a tape needs at least one candle");
        }
        candles.forEach(candle -> this.candles.put(candle.start(), candle));
    }

    public Instant start() {
        return candles.firstKey();
    }

    public Instant end() {
        return candles.lastEntry().getValue().end();
    }

    /** The same candles with other times, so that {@code now} lies at {@code share} (0 to 1) of their span. */
    public Tape shifted(Instant now, double share) {
        Duration step = candles.firstEntry().getValue().duration();
        Instant wanted = start().plusSeconds((long) (Duration.between(start(), end()).toSeconds() * share));
        // By whole steps, so that candles begin where they would begin today.
        Duration by = step.multipliedBy(Math.floorDiv(Duration.between(wanted, now).toSeconds(), step.toSeconds()));
        return new Tape(candles.values().stream().map(candle -> new Candle(candle.start().plus(by), candle.duration(),
                candle.open(), candle.high(), candle.low(), candle.close(), candle.volume(), candle.venue())).toList());
    }

    /** USD per BTC of the last trade at or before the time; the first open before the beginning. */
    BigDecimal priceAt(Instant time) {
        Map.Entry<Instant, Candle> entry = candles.floorEntry(time);
        if (entry == null) {
            return candles.firstEntry().getValue().open();
        }
        Candle candle = entry.getValue();
        return time.isBefore(candle.end()) ? path(candle, time) : candle.close();
    }

    /** When somebody last traded, at or before the time. */
    Instant lastTrade(Instant time) {
        Map.Entry<Instant, Candle> entry = candles.floorEntry(time);
        if (entry == null) {
            return start();
        }
        Instant last = entry.getValue().end().minusSeconds(1);
        return time.isBefore(last) ? time : last;
    }

    /** BTC traded in the 24 hours before the time. */
    BigDecimal volume24h(Instant time) {
        return candles.subMap(time.minus(Duration.ofDays(1)), false, time, true).values().stream()
                .map(candle -> candle.volume() == null ? BigDecimal.ZERO : candle.volume()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * The bar over {@code start <= t < start + step} as far as it has run at {@code now}; empty when nobody traded in it.
     */
    Optional<Candle> bar(Instant start, Duration step, Instant now) {
        Instant end = start.plus(step).isBefore(now) ? start.plus(step) : now;
        Instant from = Optional.ofNullable(candles.floorKey(start)).orElse(start);
        Candle bar = null;
        for (Candle candle : candles.subMap(from, true, end, false).values()) {
            Instant first = candle.start().isBefore(start) ? start : candle.start();
            Instant last = candle.end().isBefore(end) ? candle.end() : end;
            if (first.isBefore(last)) {
                Candle piece = piece(candle, first, last, start, step);
                bar = bar == null ? piece : join(bar, piece);
            }
        }
        return Optional.ofNullable(bar);
    }

    private static Candle piece(Candle candle, Instant first, Instant last, Instant start, Duration step) {
        BigDecimal open = path(candle, first);
        BigDecimal close = path(candle, last);
        BigDecimal high = open.max(close);
        BigDecimal low = open.min(close);
        for (int third = 1; third <= 2; third++) {
            Instant turn = candle.start().plus(candle.duration().multipliedBy(third).dividedBy(3));
            if (turn.isAfter(first) && turn.isBefore(last)) {
                high = high.max(path(candle, turn));
                low = low.min(path(candle, turn));
            }
        }
        BigDecimal share = part(Duration.between(first, last), candle.duration());
        BigDecimal volume = candle.volume() == null ? null : candle.volume().multiply(share).setScale(8, RoundingMode.HALF_UP);
        return new Candle(start, step, open, high, low, close, volume, candle.venue());
    }

    private static Candle join(Candle bar, Candle next) {
        BigDecimal volume = bar.volume() == null || next.volume() == null ? null : bar.volume().add(next.volume());
        return new Candle(bar.start(), bar.duration(), bar.open(), bar.high().max(next.high()), bar.low().min(next.low()),
                next.close(), volume, bar.venue());
    }

    /** Open, then the extreme on the way that the close is not, then the other one, then the close; a third each. */
    private static BigDecimal path(Candle candle, Instant time) {
        boolean rising = candle.close().compareTo(candle.open()) >= 0;
        List<BigDecimal> corners = rising ? List.of(candle.open(), candle.low(), candle.high(), candle.close())
                : List.of(candle.open(), candle.high(), candle.low(), candle.close());
        BigDecimal thirds = part(Duration.between(candle.start(), time), candle.duration()).multiply(BigDecimal.valueOf(3));
        int leg = Math.min(2, thirds.intValue());
        BigDecimal from = corners.get(leg);
        BigDecimal along = corners.get(leg + 1).subtract(from).multiply(thirds.subtract(BigDecimal.valueOf(leg)));
        return along.signum() == 0 ? from : from.add(along).setScale(Math.max(DECIMALS, from.scale()), RoundingMode.HALF_UP);
    }

    private static BigDecimal part(Duration part, Duration whole) {
        return BigDecimal.valueOf(part.toMillis()).divide(BigDecimal.valueOf(whole.toMillis()), MathContext.DECIMAL64);
    }
}
