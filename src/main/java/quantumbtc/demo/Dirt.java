package quantumbtc.demo;

/** A fault that live tables really hold and that no honest migration can carry over: one column with one bad value. */
public enum Dirt {
    NO_PRICE("tp2_price", null),
    ZERO_PRICE("entry_price", "0"),
    CONFIDENCE_OVER_100("confidence_score", "101"),
    PERCENTAGE_OVER_1000("stop_loss_percentage", "1000.00"),
    NEVER_EXPIRES("expires_at", "infinity");

    private final String column;
    private final String value;

    Dirt(String column, String value) {
        this.column = column;
        this.value = value;
    }

    public String column() {
        return column;
    }

    /** As PostgreSQL reads it; null stands for NULL. */
    public String value() {
        return value;
    }
}
