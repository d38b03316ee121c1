package quantumbtc.migration;

import java.time.Duration;

/** A user has had as many new trades in the last 24 hours as the old endpoints allow. */
public final class DayIsFull extends RuntimeException {

    private final Duration wait;

    DayIsFull(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /** Until the next may be had. */
    public Duration left() {
        return wait;
    }
}
