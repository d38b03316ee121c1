package quantumbtc.market;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import quantumbtc.market.SourceFailure.Kind;

/** Takes a question from its beginning to its reading; the route sends the requests in between. */
public final class Questions {

    private static final int OK = 200;

    private final Addresses addresses;
    private final RetryRule retry;
    private final AnswerCache cache;
    private final CallLog calls;
    private final Clock clock;
    private final FailureNaming naming;

    public Questions(Addresses addresses, RetryRule retry, AnswerCache cache, CallLog calls, Clock clock) {
        this.addresses = addresses;
        this.retry = retry;
        this.cache = cache;
        this.calls = calls;
        this.clock = clock;
        this.naming = new FailureNaming(clock);
    }

    /**
     * @param feed name of the {@link Feed}
     * @param body the {@link CandleRequest} of a feed of candles; ignored by the others
     * @return already ended when the source is not configured or the answer is known
     */
    public Asking begin(String feed, Object body) {
        Instant now = clock.instant();
        Ask ask = new Ask(Feed.valueOf(feed), now, body instanceof CandleRequest request ? request : null);
        URI uri = addresses.uri(ask);
        Asking asking = new Asking(ask, uri, 0, 0, now.plus(retry.budget()), null, null);
        if (!addresses.configured(ask.feed().source())) {
            return asking.ended(Reading.absent(ask.feed()));
        }
        Reading known = cache.knownOrMine(cacheKey(ask), ask.feed(), asking.deadline());
        return known == null ? asking : asking.ended(known);
    }

    /** The question without what only moves with the time of asking. */
    private URI cacheKey(Ask ask) {
        return ask.feed() == Feed.KRAKEN_LAST_TRADE ? URI.create("last-trade:kraken") : addresses.uri(ask);
    }

    /** Counts the request that is about to leave. */
    public Asking send(Asking asking) {
        return asking.sentAt(clock.instant());
    }

    /** Puts the address, and the key where there is one, on the request. */
    public void address(Asking asking, Map<String, Object> headers) {
        headers.put("CamelHttpUri", asking.uri().toString());
        headers.putAll(addresses.headers(asking.ask().feed().source()));
    }

    /**
     * Understands an answer.
     *
     * @param status HTTP status
     * @throws SourceFailed when it holds no value
     */
    public Asking answered(Asking asking, int status, String retryAfter, InputStream body) throws IOException {
        Feed feed = asking.ask().feed();
        Integer size = null;
        try {
            byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
            size = bytes.length;
            if (status != OK) {
                throw new SourceFailed(naming.ofStatus(feed, status, retryAfter));
            }
            Asking ended = asking.ended(Reading.of(feed, Feed.read(asking.ask(), bytes)));
            record(asking, status, null, size);
            return ended;
        } catch (SourceFailed e) {
            record(asking, status, e.failure(), size);
            throw e;
        }
    }

    /** Decides after a failure: ask again later, or give up. */
    public Asking failed(Asking asking, Exception problem) {
        Feed feed = asking.ask().feed();
        SourceFailure failure = naming.of(feed, problem);
        boolean recorded = hasAnswer(problem);
        if (!recorded && failure.kind() != Kind.CIRCUIT_OPEN) {
            record(asking, null, failure, null);
        }
        Duration timeout = addresses.access(feed.source()).timeout();
        return retry.next(failure, asking.attemptsMade(), clock.instant(), asking.deadline(), timeout)
                .map(asking::again)
                .orElseGet(() -> asking.ended(Reading.failed(feed, failure)));
    }

    private static boolean hasAnswer(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceFailed) {
                return true;
            }
        }
        return false;
    }

    /** Hands the reading to whoever waits for it. A failure is kept only as long as the source wants to be left alone. */
    public Reading finish(Asking asking) {
        Reading reading = asking.reading();
        if (asking.attemptsMade() > 0) {
            SourceFailure failure = reading.failure();
            Duration leftAlone = failure == null || failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter();
            cache.land(cacheKey(asking.ask()), reading,
                    failure == null ? addresses.access(asking.ask().feed().source()).cache() : leftAlone);
        }
        return reading;
    }

    private void record(Asking asking, Integer status, SourceFailure failure, Integer size) {
        calls.add(new ApiCall(asking.ask().feed().source(), addresses.path(asking.ask()), asking.sent().at(),
                asking.sent().latencyMs(), status, failure, asking.attemptsMade() - 1, size));
    }
}
