package quantumbtc.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * How well prices agree: with three and more, the largest deviation from their median; with two, their spread; with
 * fewer nothing can be said.
 *
 * @param median            USD per BTC; null without a price
 * @param divergencePercent percent of the median, 4 decimals; null with fewer than two prices
 */
record Triangulation(BigDecimal median, BigDecimal divergencePercent) {

    static Triangulation of(List<BigDecimal> prices) {
        if (prices.isEmpty()) {
            return new Triangulation(null, null);
        }
        List<BigDecimal> sorted = prices.stream().sorted().toList();
        int middle = sorted.size() / 2;
        BigDecimal median = sorted.size() % 2 == 1 ? sorted.get(middle)
                : sorted.get(middle - 1).add(sorted.get(middle)).divide(BigDecimal.valueOf(2), MathContext.DECIMAL64);
        if (sorted.size() == 1) {
            return new Triangulation(median, null);
        }
        BigDecimal least = sorted.get(0);
        BigDecimal most = sorted.get(sorted.size() - 1);
        BigDecimal distance = sorted.size() == 2 ? most.subtract(least) : most.subtract(median).max(median.subtract(least));
        return new Triangulation(median, percent(distance, median));
    }

    /** Percent of the median that a price is away from it. */
    BigDecimal deviation(BigDecimal price) {
        return percent(price.subtract(median).abs(), median);
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return part.movePointRight(2).divide(whole, 4, RoundingMode.HALF_UP);
    }
}
