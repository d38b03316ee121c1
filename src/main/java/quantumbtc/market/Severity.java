package quantumbtc.market;

/** How bad an anomaly is, and how many points of purity it costs. */
public enum Severity {
    INFO(0), WARNING(5), ERROR(10),
    /** The score becomes 0 and generation is suspended. */
    FATAL(100);

    private final int penalty;

    Severity(int penalty) {
        this.penalty = penalty;
    }

    public int penalty() {
        return penalty;
    }
}
