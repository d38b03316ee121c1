package quantumbtc.market;

import java.util.List;
import quantumbtc.db.Refused;

/** The market's data is not good enough for a signal; it says what is missing. Nothing was generated. */
public final class NotPure extends Refused {

    private final transient Purity purity;
    private final String headline;

    public NotPure(Purity purity, int minimumScore) {
        super(headline(purity, minimumScore) + "; missing: " + String.join("; ", purity.missing()) + ". Nothing was generated.");
        this.purity = purity;
        this.headline = headline(purity, minimumScore);
    }

    private static String headline(Purity purity, int minimumScore) {
        return "Data quality insufficient: " + purity.score() + "% (minimum " + minimumScore + "% required)";
    }

    /** The sentence that clients know; the message says more. */
    public String headline() {
        return headline;
    }

    /** The score in a word: EXCELLENT from 90, GOOD from 75, ACCEPTABLE from 60, POOR from 40, else CRITICAL. */
    public String grade() {
        int score = purity.score();
        return score >= 90 ? "EXCELLENT" : score >= 75 ? "GOOD" : score >= 60 ? "ACCEPTABLE" : score >= 40 ? "POOR" : "CRITICAL";
    }

    public int score() {
        return purity.score();
    }

    /** What a signal would have needed, as sentences. */
    public List<String> missing() {
        return purity.missing();
    }

    public Purity purity() {
        return purity;
    }
}
