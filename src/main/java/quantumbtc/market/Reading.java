package quantumbtc.market;

import java.util.Optional;

/**
 * What became of a question: a value, a failure, or neither when its source is not configured.
 *
 * @param value   what the feed's reader made of the answer; null unless answered
 * @param failure null unless failed
 */
public record Reading(Feed feed, Object value, SourceFailure failure) {

    static Reading of(Feed feed, Object value) {
        return new Reading(feed, value, null);
    }

    static Reading failed(Feed feed, SourceFailure failure) {
        return new Reading(feed, null, failure);
    }

    static Reading absent(Feed feed) {
        return new Reading(feed, null, null);
    }

    <T> Optional<T> as(Class<T> type) {
        return Optional.ofNullable(value).map(type::cast);
    }
}
