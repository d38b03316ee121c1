package quantumbtc.validation;

/** Where the price lay, seen from the entry zone, when judging a trade began. Null in its place: no candle seen yet. */
public enum Side {
    /** Between the zone and the first target, or beyond it. */
    WINNING,
    /** Within the zone. */
    INSIDE,
    /** Between the zone and the stop, or beyond it. */
    LOSING
}
