package quantumbtc.signal;

/** What trading costs, as the performance tables count it. */
final class Costs {

    /** USD put into each trade. */
    static final double STAKE = 1_000;
    /** 0.1 % fee and 0.1 % slippage, when buying and when selling: part of the stake. */
    static final double ROUND_TRIP = 0.004;

    private Costs() {
    }
}
