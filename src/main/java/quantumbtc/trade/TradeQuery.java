package quantumbtc.trade;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Which trades are wanted, newest first.
 *
 * @param userId    whose; null for everybody's
 * @param statuses  empty for any
 * @param timeframe null for any
 * @param from      first {@code generated_at} wanted; null for no bound
 * @param until     first {@code generated_at} no longer wanted; null for no bound
 * @param after     where the page before ended ({@link TradePage#next()}); null for the first page
 * @param limit     most trades on the page, 1 to 100
 */
public record TradeQuery(UUID userId, Set<TradeStatus> statuses, String timeframe, Instant from, Instant until, Cursor after, int limit) {

    /** @throws IllegalArgumentException when the limit is out of its range */
    public TradeQuery {
        if (limit < 1 || limit > 100) {
            throw new IllegalArgumentException("limit is " + limit + "; it must be from 1 to 100");
        }
    }

    /** The key of the last trade seen; the next page begins behind it, whatever was added meanwhile. */
    public record Cursor(Instant generatedAt, UUID id) {

        /** @throws IllegalArgumentException when the text was not made by {@link #toString()} */
        public static Cursor parse(String text) {
            int cut = text.indexOf('_');
            try {
                return new Cursor(Instant.parse(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1)));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("the page marker is not one that this service gave out", e);
            }
        }

        @Override
        public String toString() {
            return generatedAt + "_" + id;
        }
    }
}
