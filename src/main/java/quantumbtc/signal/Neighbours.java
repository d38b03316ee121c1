package quantumbtc.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import quantumbtc.trade.Trigger;

/**
 * The past windows most like the present one, and what really followed each: nearest neighbours of standardised
 * indicators, at least a day's candles apart, whose whole timeframe is already history.
 */
final class Neighbours {

    static final int MOST = 20;
    private static final int FEATURES = 7;
    private static final int APART = 24;

    private final Chart chart;

    Neighbours(Chart chart) {
        this.chart = chart;
    }

    /** Nearest first; empty when the history is shorter than the timeframe. */
    List<Trigger> of(Levels levels, int lookback) {
        int steps = chart.steps(levels.timeframe().hours());
        int first = Math.max(FirstPassage.WARM_UP, chart.size() - lookback);
        int count = chart.size() - 1 - steps - first;
        if (count < 1) {
            return List.of();
        }
        double[][] features = new double[count][];
        for (int i = 0; i < count; i++) {
            features[i] = features(first + i);
        }
        double[] distances = distances(features, features(chart.size() - 1));
        Past past = new Past(chart);
        List<Trigger> found = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        for (int i : nearestFirst(distances)) {
            if (found.size() == MOST) {
                break;
            }
            if (taken.stream().allMatch(other -> Math.abs(other - i) >= APART)) {
                taken.add(i);
                found.add(trigger(past, levels, first + i, steps, distances[i]));
            }
        }
        return found;
    }

    private Trigger trigger(Past past, Levels levels, int index, int steps, double distance) {
        String followed = past.enter(levels, index, steps).end().name();
        double change = 100 * Math.expm1(chart.logClose[index + steps] - chart.logClose[index]);
        return new Trigger(chart.end(index), BigDecimal.valueOf(chart.close[index]), decimal(distance, 3), followed,
                decimal(change, 2));
    }

    private static BigDecimal decimal(double value, int scale) {
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
    }

    /** Each is a pure number, comparable between price levels and between calm and wild times. */
    private double[] features(int i) {
        Indicators is = chart.indicators;
        double unit = chart.close[i] * is.volatility()[i];
        return new double[] {is.rsi()[i] / 100, is.adx()[i] / 100, (is.ema20()[i] - is.ema50()[i]) / unit,
            is.macd()[i] / unit, is.percentB()[i],
            (chart.logClose[i] - chart.logClose[i - APART]) / (is.volatility()[i] * Math.sqrt(APART)),
            Math.log(Math.max(1e-6, is.atr()[i] / unit))};
    }

    private static double[] distances(double[][] features, double[] present) {
        double[] sum = new double[features.length];
        for (int f = 0; f < FEATURES; f++) {
            double mean = 0;
            double square = 0;
            for (double[] one : features) {
                mean += one[f];
                square += one[f] * one[f];
            }
            mean /= features.length;
            double variance = Math.max(1e-12, square / features.length - mean * mean);
            for (int i = 0; i < features.length; i++) {
                double difference = features[i][f] - present[f];
                sum[i] += difference * difference / variance;
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.sqrt(sum[i] / FEATURES);
        }
        return sum;
    }

    /** The nearest ones in order; enough of them that days apart can be chosen. */
    private static int[] nearestFirst(double[] distances) {
        double[] sorted = distances.clone();
        java.util.Arrays.sort(sorted);
        double farthest = sorted[Math.min(sorted.length, MOST * APART * 2) - 1];
        return IntStream.range(0, distances.length).filter(i -> distances[i] <= farthest).boxed()
                .sorted((a, b) -> distances[a] != distances[b] ? Double.compare(distances[a], distances[b]) : Integer.compare(b, a))
                .mapToInt(Integer::intValue).toArray();
    }
}
