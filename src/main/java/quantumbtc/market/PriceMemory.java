package quantumbtc.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers since when each source has said the same price, and so finds a feed that is frozen while its timestamp
 * moves on: unchanged to the last digit for some minutes, while the others moved. Kept by this node only.
 */
public final class PriceMemory {

    /** The others' own noise stays below it. */
    private static final BigDecimal MOVE_PERCENT = new BigDecimal("0.25");

    private record Held(BigDecimal price, Instant since, Map<Source, BigDecimal> others) {
    }

    private final Duration frozenAfter;
    private final Map<Source, Held> held = new EnumMap<>(Source.class);

    /** @param frozenAfter how long the same price must have been said */
    public PriceMemory(Duration frozenAfter) {
        this.frozenAfter = frozenAfter;
    }

    /** Takes the quotes in, and gives the sources that are frozen by now. */
    public synchronized Set<Source> frozen(List<Quote> quotes) {
        Set<Source> frozen = EnumSet.noneOf(Source.class);
        for (Quote quote : quotes) {
            if (quote.time() == null) {
                continue;
            }
            Held before = held.get(quote.source());
            if (before == null || before.price().compareTo(quote.price()) != 0) {
                held.put(quote.source(), new Held(quote.price(), quote.time(), others(quote, quotes)));
            } else if (Duration.between(before.since(), quote.time()).compareTo(frozenAfter) >= 0
                    && moved(before.others(), others(quote, quotes))) {
                frozen.add(quote.source());
            }
        }
        return frozen;
    }

    private static Map<Source, BigDecimal> others(Quote one, List<Quote> quotes) {
        Map<Source, BigDecimal> others = new EnumMap<>(Source.class);
        quotes.stream().filter(quote -> quote.source() != one.source()).forEach(quote -> others.put(quote.source(), quote.price()));
        return others;
    }

    /** True when another source that answered both times has moved. Of two frozen ones, the third tells on both. */
    private static boolean moved(Map<Source, BigDecimal> then, Map<Source, BigDecimal> now) {
        return then.entrySet().stream().anyMatch(entry -> {
            BigDecimal newer = now.get(entry.getKey());
            return newer != null && newer.subtract(entry.getValue()).abs().movePointRight(2)
                    .divide(entry.getValue(), MathContext.DECIMAL64).compareTo(MOVE_PERCENT) >= 0;
        });
    }
}
