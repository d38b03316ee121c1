package quantumbtc.market;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * One question on its way to an answer; the route goes on while it is open.
 *
 * @param attemptsMade requests sent so far
 * @param waitMs       wait before the next request, milliseconds
 * @param sent         when the newest request left; null before the first
 * @param reading      null while open
 */
public record Asking(Ask ask, URI uri, int attemptsMade, long waitMs, Instant deadline, Sent sent, Reading reading) {

    /** A request's time, and the counter that its latency is measured with. */
    record Sent(Instant at, long nanos) {

        long latencyMs() {
            return (System.nanoTime() - nanos) / 1_000_000;
        }
    }

    /** Read by the route's loop. */
    public boolean isOpen() {
        return reading == null;
    }

    Asking again(Duration wait) {
        return new Asking(ask, uri, attemptsMade, wait.toMillis(), deadline, sent, null);
    }

    Asking sentAt(Instant now) {
        return new Asking(ask, uri, attemptsMade + 1, 0, deadline, new Sent(now, System.nanoTime()), null);
    }

    Asking ended(Reading end) {
        return new Asking(ask, uri, attemptsMade, 0, deadline, sent, end);
    }
}
