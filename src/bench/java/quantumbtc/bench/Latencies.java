package quantumbtc.bench;

import java.util.Arrays;

/**
 * How long writes took, from the moment each was due.
 *
 * @param writes how many
 * @param p50Ms  half of them were faster, milliseconds
 * @param p99Ms  one in a hundred was slower
 * @param maxMs  the slowest
 * @param failed writes that ended with an error
 */
record Latencies(int writes, double p50Ms, double p99Ms, double maxMs, int failed) {

    /** @param nanos one value a write; any order */
    static Latencies of(long[] nanos, int failed) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted.length, at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1), failed);
    }

    private static double at(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted.length == 0 ? Double.NaN : Math.round(sorted[Math.max(0, index)] / 10_000.0) / 100.0;
    }
}
