package quantumbtc.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quantumbtc.market.Candle;

/**
 * The candles of all venues put together in time order, at the finest step there is for each time. Made once for
 * millions of trades: which levels count as touched follows from the candles alone.
 *
 * <p>A touch on one venue does not count while the majority of venues stays clear of the level by more than 1 %. With
 * one venue there is nobody to contradict. A venue that has only a longer candle of the time bears witness with it.
 */
public final class Timeline {

    /** Share of the level that a venue must have come near to, or it contradicts the touch. */
    private static final BigDecimal NEAR_BELOW = new BigDecimal("0.99");
    private static final BigDecimal NEAR_ABOVE = new BigDecimal("1.01");
    /** Decimals of a price in {@code btc_trades}; rounding towards "not touched" at this scale loses no touch. */
    private static final int PRICE_SCALE = 8;

    private final List<Slot> slots;
    private final List<Slot> mirrored;

    private Timeline(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        this.mirrored = slots.stream().map(Slot::mirrored).toList();
    }

    /** @param candles finished ones of any venues and steps, in any order */
    public static Timeline of(Collection<Candle> candles) {
        Map<String, TreeMap<Instant, Candle>> venues = byVenue(candles);
        List<Candle> finestFirst = new ArrayList<>();
        venues.values().forEach(venue -> finestFirst.addAll(venue.values()));
        finestFirst.sort(Comparator.comparing(Candle::duration));
        TreeMap<Instant, Slot> slots = new TreeMap<>();
        for (Candle candle : finestFirst) {
            Map.Entry<Instant, Slot> before = slots.lowerEntry(candle.end());
            if (before == null || !before.getValue().end().isAfter(candle.start())) {
                slots.put(candle.start(), slot(candle, venues));
            }
        }
        return new Timeline(new ArrayList<>(slots.values()));
    }

    private static Map<String, TreeMap<Instant, Candle>> byVenue(Collection<Candle> candles) {
        Map<String, List<Candle>> lists = new LinkedHashMap<>();
        candles.forEach(candle -> lists.computeIfAbsent(candle.venue(), venue -> new ArrayList<>()).add(candle));
        Map<String, TreeMap<Instant, Candle>> venues = new LinkedHashMap<>();
        lists.forEach((venue, list) -> venues.put(venue, FinestCandles.of(list)));
        return venues;
    }

    private static Slot slot(Candle candle, Map<String, TreeMap<Instant, Candle>> venues) {
        BigDecimal highest = candle.high();
        BigDecimal lowest = candle.low();
        List<BigDecimal> highs = new ArrayList<>();
        List<BigDecimal> lows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, TreeMap<Instant, Candle>> venue : venues.entrySet()) {
            BigDecimal high = null;
            BigDecimal low = null;
            for (Candle other : overlapping(venue.getValue(), candle)) {
                high = high == null ? other.high() : high.max(other.high());
                low = low == null ? other.low() : low.min(other.low());
                if (other.start().equals(candle.start()) && other.end().equals(candle.end())) {
                    highest = highest.max(other.high());
                    lowest = lowest.min(other.low());
                }
            }
            if (high != null) {
                highs.add(high);
                lows.add(low);
                names.add(venue.getKey());
            }
        }
        BigDecimal high = highest;
        BigDecimal low = lowest;
        if (names.size() > 1) {
            int majority = names.size() / 2 + 1;
            highs.sort(Collections.reverseOrder());
            lows.sort(null);
            high = highest.min(highs.get(majority - 1).divide(NEAR_BELOW, PRICE_SCALE, RoundingMode.FLOOR));
            low = lowest.max(lows.get(majority - 1).divide(NEAR_ABOVE, PRICE_SCALE, RoundingMode.CEILING));
        }
        return new Slot(candle.start(), candle.end(), candle.open().max(low).min(high), high, low,
                candle.close().max(low).min(high), highest, lowest, List.copyOf(names));
    }

    private static Collection<Candle> overlapping(TreeMap<Instant, Candle> venue, Candle candle) {
        Map.Entry<Instant, Candle> before = venue.lowerEntry(candle.start());
        boolean reachesIn = before != null && before.getValue().end().isAfter(candle.start());
        return venue.subMap(reachesIn ? before.getKey() : candle.start(), candle.end()).values();
    }

    public List<Slot> slots() {
        return slots;
    }

    /** As seen by a short trade: prices with the opposite sign. */
    List<Slot> mirrored() {
        return mirrored;
    }

    /** Index of the first slot that starts at or after the instant. */
    int firstFrom(Instant instant) {
        int low = 0;
        int high = slots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slots.get(middle).start().isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
