package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quantumbtc.market.Candle;

/**
 * Of one venue's candles of several steps, those that tell most: finer ones replace a longer one when they explain its
 * high and its low. Finer ones that miss a price of the longer one are incomplete, and it is kept instead.
 */
final class FinestCandles {

    private FinestCandles() {
    }

    /** @return by start, without overlaps within a step */
    static TreeMap<Instant, Candle> of(Collection<Candle> candles) {
        List<Candle> finestFirst = new ArrayList<>(candles);
        finestFirst.sort(Comparator.comparing(Candle::duration).thenComparing(Candle::start));
        TreeMap<Instant, Candle> chosen = new TreeMap<>();
        for (Candle candle : finestFirst) {
            SortedMap<Instant, Candle> finer = chosen.subMap(candle.start(), candle.end());
            if (!explains(finer.values(), candle)) {
                finer.clear();
                chosen.put(candle.start(), candle);
            }
        }
        return chosen;
    }

    private static boolean explains(Collection<Candle> finer, Candle candle) {
        BigDecimal high = BigDecimal.ZERO;
        BigDecimal low = null;
        for (Candle part : finer) {
            high = high.max(part.high());
            low = low == null ? part.low() : low.min(part.low());
        }
        return low != null && high.compareTo(candle.high()) >= 0 && low.compareTo(candle.low()) <= 0;
    }
}
