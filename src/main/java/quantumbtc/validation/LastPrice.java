package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** The price at the end of a trade's window, at which whatever is still open is closed. */
final class LastPrice {

    /** A price older than this says nothing about the price at expiry. */
    static final Duration OLDEST = Duration.ofHours(1);

    private LastPrice() {
    }

    /** @return USD per BTC; null when the last hour of the window has no candle that can be believed */
    static BigDecimal within(Timeline timeline, Instant from, Instant end) {
        for (int i = timeline.firstFrom(end) - 1; i >= 0; i--) {
            Slot slot = timeline.slots().get(i);
            if (slot.start().isBefore(from) || slot.end().isBefore(end.minus(OLDEST))) {
                return null;
            }
            if (!slot.end().isAfter(end) && !slot.disputed()) {
                return slot.close();
            }
        }
        return null;
    }
}
