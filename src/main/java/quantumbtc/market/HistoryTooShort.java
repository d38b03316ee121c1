package quantumbtc.market;

import java.time.Instant;
import quantumbtc.db.Refused;

/** There are too few candles, or too old ones, to compute a signal from; nothing was stored. HTTP: 503. */
public final class HistoryTooShort extends Refused {

    private final int candles;
    private final int needed;
    private final Instant newest;

    /**
     * @param missing what is missing, as a sentence
     * @param candles how many there are
     * @param needed  how many there have to be
     * @param newest  when the newest candle ended; null when there is none
     */
    public HistoryTooShort(String missing, int candles, int needed, Instant newest) {
        super("no signal: " + missing + " Nothing was stored.");
        this.candles = candles;
        this.needed = needed;
        this.newest = newest;
    }

    public int candles() {
        return candles;
    }

    public int needed() {
        return needed;
    }

    public Instant newest() {
        return newest;
    }
}
