package quantumbtc.market;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers that are young enough to be given again, and questions under way, so that many requests at once ask a source
 * only once. Times are those of the sources: an answer from here is as old as it was there.
 */
public final class AnswerCache {

    private static final int MOST = 500;

    private record Kept(Reading reading, Instant until) {
    }

    private record Flight(CompletableFuture<Reading> landing, Instant deadline) {
    }

    private final Clock clock;
    private final Map<URI, Flight> flights = new LinkedHashMap<>();
    private final Map<URI, Kept> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Kept> eldest) {
            return size() > MOST;
        }
    };

    public AnswerCache(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known of the question; waits for another request that is asking it just now.
     *
     * @return null when the caller has to ask, and then to call {@link #land}
     */
    Reading knownOrMine(URI uri, Feed feed, Instant deadline) {
        Flight flight;
        synchronized (this) {
            Instant now = clock.instant();
            Kept known = kept.get(uri);
            if (known != null && now.isBefore(known.until())) {
                return known.reading();
            }
            flight = flights.get(uri);
            if (flight == null || !now.isBefore(flight.deadline())) {
                flights.put(uri, new Flight(new CompletableFuture<>(), deadline));
                return null;
            }
        }
        return await(flight, feed, deadline);
    }

    private Reading await(Flight flight, Feed feed, Instant deadline) {
        try {
            long wait = Math.max(1, Duration.between(clock.instant(), deadline).toMillis());
            return flight.landing().get(wait, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return outOfTime(feed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outOfTime(feed);
        }
    }

    private static Reading outOfTime(Feed feed) {
        return Reading.failed(feed, new SourceFailure(feed.source(), feed.question(), SourceFailure.Kind.OUT_OF_TIME,
                "another request asked the same and got no answer in time", null, null));
    }

    /** @param keep how long the reading is given again; zero: not at all */
    synchronized void land(URI uri, Reading reading, Duration keep) {
        if (keep.isZero()) {
            kept.remove(uri);
        } else {
            kept.put(uri, new Kept(reading, clock.instant().plus(keep)));
        }
        Flight flight = flights.remove(uri);
        if (flight != null) {
            flight.landing().complete(reading);
        }
    }
}
