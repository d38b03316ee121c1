package quantumbtc.market;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a question is asked again: up to {@code attempts} times, after a wait that doubles, and only if the next answer
 * can still come before the request's deadline. A source that names its own wait gets it, or is not asked again.
 *
 * @param attempts  in all, at least 1
 * @param firstWait wait before the second attempt
 * @param mostWait  longest wait that we choose ourselves
 * @param budget    time that a request has for all its questions
 */
public record RetryRule(int attempts, Duration firstWait, Duration mostWait, Duration budget) {

    /** @return the wait before the next attempt; empty when the source has failed for now */
    Optional<Duration> next(SourceFailure failure, int attemptsMade, Instant now, Instant deadline, Duration timeout) {
        if (!failure.mayPass() || attemptsMade >= attempts) {
            return Optional.empty();
        }
        Duration wait = failure.retryAfter() != null ? failure.retryAfter() : backOff(attemptsMade);
        boolean fits = !now.plus(wait).plus(timeout).isAfter(deadline);
        return fits ? Optional.of(wait) : Optional.empty();
    }

    private Duration backOff(int attemptsMade) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(attemptsMade - 1, 20));
        return wait.compareTo(mostWait) < 0 ? wait : mostWait;
    }
}
