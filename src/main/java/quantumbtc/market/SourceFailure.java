package quantumbtc.market;

import java.time.Duration;

/**
 * Why a source gave no value.
 *
 * @param source     who was asked
 * @param question   what was asked, such as {@code ticker}
 * @param kind       the reason as a word
 * @param detail     the reason as a sentence; no key, no stack
 * @param status     HTTP status; null when no answer came
 * @param retryAfter how long the source wants to be left alone; null when it did not say
 */
public record SourceFailure(Source source, String question, Kind kind, String detail, Integer status, Duration retryAfter) {

    /** The reasons that can be told apart. */
    public enum Kind {
        /** No answer in time. */
        TIMEOUT(true),
        /** HTTP 429, or an error body that says the same. */
        RATE_LIMITED(true),
        /** A status other than 200 and 429; a 5xx may pass. */
        HTTP_STATUS(false),
        /** HTTP 200 around an error that may pass, such as a busy service. */
        SOURCE_BUSY(true),
        /** HTTP 200 around an error that asking again will not change. */
        SOURCE_ERROR(false),
        /** Not the agreed format, or a number that cannot be true. */
        BAD_PAYLOAD(false),
        /** The agreed format with nothing in it. */
        EMPTY(false),
        /** The agreed format without the value that matters. */
        MISSING_FIELD(false),
        /** Name not found, connection refused or broken. */
        UNREACHABLE(true),
        /** Not asked: it failed too often just now. */
        CIRCUIT_OPEN(false),
        /** Not asked, or not answered, within the time that the request has. */
        OUT_OF_TIME(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }
    }

    /** True when the same question may be answered a moment later. */
    public boolean mayPass() {
        return kind.passing || (kind == Kind.HTTP_STATUS && status != null && (status >= 500 || status == 408));
    }
}
