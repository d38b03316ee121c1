package quantumbtc.market;

import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import quantumbtc.market.SourceFailure.Kind;

/** Gives a reason to whatever kept a question from being answered. */
final class FailureNaming {

    private static final int LIMITED = 429;

    private final Clock clock;

    FailureNaming(Clock clock) {
        this.clock = clock;
    }

    /** @param problem null when the circuit breaker let nothing through */
    SourceFailure of(Feed feed, Throwable problem) {
        if (problem == null) {
            return failure(feed, Kind.CIRCUIT_OPEN, "not asked: it failed too often just now");
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceFailed failed) {
                return failed.failure();
            }
            if (cause instanceof RejectedExecutionException || cause.getClass().getSimpleName().equals("CallNotPermittedException")) {
                return failure(feed, Kind.CIRCUIT_OPEN, "not asked: it failed too often just now");
            }
            if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
                return failure(feed, Kind.TIMEOUT, "no answer in time");
            }
        }
        return failure(feed, Kind.UNREACHABLE, "not reachable (" + problem.getClass().getSimpleName() + ")");
    }

    /** An answer with a status other than 200. */
    SourceFailure ofStatus(Feed feed, int status, String retryAfter) {
        Kind kind = status == LIMITED ? Kind.RATE_LIMITED : Kind.HTTP_STATUS;
        return new SourceFailure(feed.source(), feed.question(), kind, "HTTP " + status, status, wait(retryAfter));
    }

    /** Retry-After is a number of seconds or a date; null when absent or neither. */
    Duration wait(String retryAfter) {
        if (retryAfter == null || retryAfter.isBlank()) {
            return null;
        }
        String text = retryAfter.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration wait = Duration.between(clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static SourceFailure failure(Feed feed, Kind kind, String detail) {
        return new SourceFailure(feed.source(), feed.question(), kind, detail, null, null);
    }
}
