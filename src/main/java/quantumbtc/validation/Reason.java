package quantumbtc.validation;

import quantumbtc.trade.TradeStatus;

/** Why a trade was given its status; the words of {@code trade_outcomes.reason}. */
public enum Reason {
    /** The first target was reached before the stop, and no further one so far. */
    TARGET_1(TradeStatus.HIT),
    /** The second target was reached too. */
    TARGET_2(TradeStatus.HIT),
    /** All targets were reached. */
    TARGET_3(TradeStatus.HIT),
    /** The stop was reached before the first target. */
    STOP_FIRST(TradeStatus.NOT_HIT),
    /** The position was open to the end, and neither was reached. */
    TIME_OVER(TradeStatus.EXPIRED),
    /** There were candles, and none of them touched the entry zone. */
    NOT_FILLED(TradeStatus.INVALIDATED),
    /** No candle of the trade's window can be had. */
    NO_DATA(TradeStatus.INVALIDATED),
    /** The stop is not on the losing side of the entry zone, or the first target not on the winning side. */
    LEVELS_CONTRADICT(TradeStatus.INVALIDATED);

    private final TradeStatus status;

    Reason(TradeStatus status) {
        this.status = status;
    }

    public TradeStatus status() {
        return status;
    }
}
