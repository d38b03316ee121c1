package quantumbtc.migration;

/**
 * Why a legacy row cannot become a trade. The row itself stays where it is.
 *
 * @param reason never null
 * @param detail names the column and the value; never null
 */
public record Rejection(Reason reason, String detail) {

    /** Reason codes, as {@code quantum_ops.migration_quarantine.reason} holds them. */
    public enum Reason {
        /** A column that a trade needs is NULL. */
        VALUE_MISSING,
        /** A number is NaN. */
        NOT_A_NUMBER,
        /** A number or a time is infinite. */
        INFINITE,
        /** A price is zero or negative once rounded to 8 decimals. */
        PRICE_NOT_POSITIVE,
        /** A number does not fit its column. */
        OUT_OF_RANGE,
        /** A number that must be whole has a fraction. */
        NOT_WHOLE,
        /** A text is longer than its column, or than the setting allows. */
        TEXT_TOO_LONG,
        /** The user is not in {@code users}. */
        USER_UNKNOWN,
        /** The id is in btc_trades already, written by somebody else. */
        ID_TAKEN
    }
}
