package quantumbtc.bench;

import java.util.Collection;
import java.util.Locale;

/** The middle of repeated measurements, and how far they lie apart. */
record Spread(double median, double least, double most) {

    /** @param values at least one */
    static Spread of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** {@code 12.9 (12.5–13.4)}. */
    String text() {
        return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", median, least, most);
    }
}
