package quantumbtc.market;

import java.time.Instant;
import quantumbtc.db.Refused;

/** Generation is suspended because the data was fatally wrong. HTTP 503 with Retry-After; nothing was generated. */
public final class Suspended extends Refused {

    private final transient Suspension.Open suspension;

    public Suspended(Suspension.Open suspension) {
        super("generation is suspended until " + suspension.endsAt() + " (" + suspension.reason() + "). Nothing was generated.");
        this.suspension = suspension;
    }

    public Instant endsAt() {
        return suspension.endsAt();
    }
}
