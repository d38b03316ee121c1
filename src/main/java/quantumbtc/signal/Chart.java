package quantumbtc.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantumbtc.market.Candle;

/**
 * Candles as columns of plain numbers, oldest first, with their indicators. Each indicator at a candle depends on that
 * candle and earlier ones alone; {@link #until} shares the columns and hides the rest, so one chart serves a whole
 * backtest without a later candle ever being seen.
 */
public final class Chart {

    final long[] start;
    final double[] close;
    final double[] logHigh;
    final double[] logLow;
    final double[] logClose;
    final Indicators indicators;
    private final long stepSeconds;
    private final int size;

    private Chart(long[] start, double[] close, double[] logHigh, double[] logLow, double[] logClose,
                  Indicators indicators, long stepSeconds, int size) {
        this.start = start;
        this.close = close;
        this.logHigh = logHigh;
        this.logLow = logLow;
        this.logClose = logClose;
        this.indicators = indicators;
        this.stepSeconds = stepSeconds;
        this.size = size;
    }

    /**
     * @param candles of one venue, in any order; two of the same start count once. Candles of another duration than the
     *                most frequent one are left out
     */
    public static Chart of(List<Candle> candles) {
        Map<Duration, Integer> durations = new HashMap<>();
        candles.forEach(candle -> durations.merge(candle.duration(), 1, Integer::sum));
        Duration step = durations.entrySet().stream()
                .max(Map.Entry.<Duration, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey).orElse(Duration.ofHours(1));
        List<Candle> sorted = candles.stream().filter(candle -> candle.duration().equals(step))
                .sorted(Comparator.comparing(Candle::start)).toList();
        int size = 0;
        long[] start = new long[sorted.size()];
        double[][] columns = new double[4][sorted.size()];
        for (Candle candle : sorted) {
            long second = candle.start().getEpochSecond();
            if (size > 0 && start[size - 1] == second) {
                continue;
            }
            start[size] = second;
            columns[0][size] = candle.open().doubleValue();
            columns[1][size] = candle.high().doubleValue();
            columns[2][size] = candle.low().doubleValue();
            columns[3][size] = candle.close().doubleValue();
            size++;
        }
        start = Arrays.copyOf(start, size);
        for (int column = 0; column < columns.length; column++) {
            columns[column] = Arrays.copyOf(columns[column], size);
        }
        Indicators indicators = Indicators.of(start, columns[0], columns[1], columns[2], columns[3], step);
        return new Chart(start, columns[3], logs(columns[1]), logs(columns[2]), logs(columns[3]), indicators, step.toSeconds(), size);
    }

    private static double[] logs(double[] prices) {
        return Arrays.stream(prices).map(Math::log).toArray();
    }

    /** Only the candles that had ended by then; the one still running is not among them. */
    public Chart until(Instant asOf) {
        int found = Arrays.binarySearch(start, 0, size, asOf.getEpochSecond() - stepSeconds);
        int visible = found >= 0 ? found + 1 : -found - 1;
        return new Chart(start, close, logHigh, logLow, logClose, indicators, stepSeconds, visible);
    }

    /** How many candles may be seen. */
    public int size() {
        return size;
    }

    public Duration step() {
        return Duration.ofSeconds(stepSeconds);
    }

    /** End of the candle at this index. */
    Instant end(int index) {
        return Instant.ofEpochSecond(start[index] + stepSeconds);
    }

    /** How many candles a span of hours has, at least one. */
    int steps(int hours) {
        return (int) Math.max(1, hours * 3600L / stepSeconds);
    }

    /** USD per BTC at the end of the newest candle that may be seen. */
    public double price() {
        return close[size - 1];
    }

    /** Typical move of one candle at the newest candle that may be seen, as a part of the price. */
    public double volatility() {
        return indicators.volatility()[size - 1];
    }

    /** End of the newest candle that may be seen. */
    public Instant end() {
        return end(size - 1);
    }

    /** Logarithm of a candle's high over the close before it. */
    double upBy(int index) {
        return logHigh[index] - logClose[index - 1];
    }

    /** Logarithm of a candle's low over the close before it. */
    double downBy(int index) {
        return logLow[index] - logClose[index - 1];
    }

    /** Logarithm of a candle's close over the close before it. */
    double changeBy(int index) {
        return logClose[index] - logClose[index - 1];
    }
}
