package quantumbtc.market;

import java.util.List;
import quantumbtc.db.Refused;

/** The market's data is not good enough for a signal; it says what is missing. Nothing was generated. */
public final class NotPure extends Refused {

    private final transient Purity purity;

    public NotPure(Purity purity, int minimumScore) {
        super("Data quality insufficient: " + purity.score() + "% (minimum " + minimumScore + "% required)"
                + "; missing: " + String.join("; ", purity.missing()) + ". Nothing was generated.");
        this.purity = purity;
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
