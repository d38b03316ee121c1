package quantumbtc.validation;

/**
 * Where the true rate lies with 95 % certainty, by Wilson's formula, which stays within 0 and 1 also for few trades.
 *
 * @param low  0 to 1
 * @param high 0 to 1
 */
public record Interval(double low, double high) {

    private static final double Z = 1.959963984540054;

    /**
     * @param n at least 1
     */
    public static Interval wilson(long hits, long n) {
        double rate = hits / (double) n;
        double spread = Z * Z / n;
        double middle = (rate + spread / 2) / (1 + spread);
        double half = Z * Math.sqrt(rate * (1 - rate) / n + spread / (4 * n)) / (1 + spread);
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** The same in percent, 0 to 100, for answers that state rates in percent. */
    public Interval inPercent() {
        return new Interval(100 * low, 100 * high);
    }
}
