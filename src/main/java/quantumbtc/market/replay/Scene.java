package quantumbtc.market.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import quantumbtc.market.Candle;
import quantumbtc.market.Source;

/**
 * The market at one moment as one source shows it, its faults of content applied.
 *
 * @param now       the replay's present
 * @param priceTime whose moment's price is shown; earlier than now when the price is frozen
 * @param said      a price that was set by hand; null when the tape decides
 */
record Scene(Source source, Tape tape, Instant now, Instant priceTime, BigDecimal said, Set<Fault> faults) {

    static final BigDecimal HUGE = new BigDecimal("1e30");
    private static final BigDecimal WICK = new BigDecimal("1.4");
    private static final BigDecimal MARKET = BigDecimal.valueOf(20);
    private static final Duration STALE = Duration.ofDays(1);

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /** The source's own time of its values. */
    Instant time() {
        return has(Fault.STALE) ? now.minus(STALE) : tape.lastTrade(now);
    }

    /** The source's own time of what does not come from trades. */
    Instant listTime() {
        return has(Fault.STALE) ? now.minus(STALE) : now;
    }

    BigDecimal price() {
        BigDecimal price = said != null ? said : tape.priceAt(has(Fault.STALE) ? now.minus(STALE) : priceTime);
        return has(Fault.WICK) ? price.multiply(WICK).setScale(2, RoundingMode.HALF_UP) : price;
    }

    /** The price as the answer shows it: absent or absurd when that is the fault. */
    BigDecimal shownPrice() {
        return shown(price());
    }

    BigDecimal shown(BigDecimal value) {
        return has(Fault.MISSING_FIELD) ? null : has(Fault.HUGE) ? HUGE : value;
    }

    BigDecimal volumeBtc() {
        return tape.volume24h(now).setScale(8, RoundingMode.HALF_UP);
    }

    /** Of the whole market, of which one venue is about a twentieth. */
    BigDecimal volumeUsd() {
        return volumeBtc().multiply(tape.priceAt(now)).multiply(MARKET).setScale(2, RoundingMode.HALF_UP);
    }

    /** A bar, empty when nobody traded in it; a wick stands in the running bar and in the last one before it. */
    Optional<Candle> bar(Instant start, Duration step) {
        Instant until = has(Fault.STALE) ? now.minus(STALE) : now;
        Optional<Candle> bar = start.isBefore(until) ? tape.bar(start, step, until) : Optional.empty();
        boolean newest = start.plus(step).plus(step).isAfter(now);
        return has(Fault.WICK) && newest ? bar.map(Scene::wicked) : bar;
    }

    private static Candle wicked(Candle bar) {
        return new Candle(bar.start(), bar.duration(), bar.open(), bar.high().multiply(WICK), bar.low(), bar.close(),
                bar.volume(), bar.venue());
    }
}
