package quantumbtc.trade;

import java.util.Arrays;
import java.util.Optional;

/** How long a generated trade may run. Migrated trades keep the word and hours that ATGE gave them, whatever they are. */
public enum Timeframe {
    HOUR("1h", 1), FOUR_HOURS("4h", 4), DAY("1d", 24), WEEK("1w", 168);

    private final String label;
    private final int hours;

    Timeframe(String label, int hours) {
        this.label = label;
        this.hours = hours;
    }

    /** As the API and {@code btc_trades.timeframe} write it. */
    public String label() {
        return label;
    }

    public int hours() {
        return hours;
    }

    public static Optional<Timeframe> of(String label) {
        return Arrays.stream(values()).filter(frame -> frame.label.equals(label)).findFirst();
    }
}
