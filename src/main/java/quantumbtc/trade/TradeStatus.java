package quantumbtc.trade;

/** Where a trade stands; the words are those of {@code btc_trades.status}. */
public enum TradeStatus {
    /** Open: neither a target nor the stop was reached, and the time is not over. */
    ACTIVE,
    /** The first target was reached before the stop. */
    HIT,
    /** The stop was reached before the first target; ATGE's completed_failure. */
    NOT_HIT,
    /** It cannot be judged honestly: no data for its window, or the entry was never touched. */
    INVALIDATED,
    /** The time is over with neither target nor stop. */
    EXPIRED
}
