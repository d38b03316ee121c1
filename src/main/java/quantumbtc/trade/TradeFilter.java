package quantumbtc.trade;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads which trades a user wants, as the parameters of a request say it. */
public final class TradeFilter {

    private static final int PAGE = 25;
    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_TIMEFRAME = 10;
    /** What PostgreSQL can surely hold. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * @param user whose trades, null for everybody's; every other parameter may be null
     * @param to   first time of generation no longer wanted
     * @throws BadFilter when one of them cannot be understood
     */
    public TradeQuery read(UUID user, String status, String timeframe, String from, String to, String limit, String cursor) {
        if (timeframe != null && timeframe.length() > LONGEST_TIMEFRAME) {
            throw new BadFilter("timeframe must be 1h, 4h, 1d, 1w or another word of at most " + LONGEST_TIMEFRAME + " characters.");
        }
        return new TradeQuery(user, statuses(status), timeframe, time("from", from), time("to", to), cursor(cursor), limit(limit));
    }

    /** One word, or several with commas between them. */
    private static Set<TradeStatus> statuses(String words) {
        if (words == null) {
            return Set.of();
        }
        return Arrays.stream(words.split(",", -1)).map(TradeFilter::status).collect(Collectors.toCollection(() -> EnumSet.noneOf(TradeStatus.class)));
    }

    private static TradeStatus status(String word) {
        return Arrays.stream(TradeStatus.values()).filter(status -> status.name().equals(word.toUpperCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new BadFilter("status must be one of " + Arrays.toString(TradeStatus.values()) + "."));
    }

    private static Instant time(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            return bounded(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new BadFilter(name + " must be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    private static Instant bounded(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("out of range");
        }
        return time;
    }

    private static TradeQuery.Cursor cursor(String text) {
        if (text == null) {
            return null;
        }
        try {
            TradeQuery.Cursor cursor = TradeQuery.Cursor.parse(text);
            bounded(cursor.generatedAt());
            return cursor;
        } catch (IllegalArgumentException e) {
            throw new BadFilter("cursor must be the value of next in the answer before.");
        }
    }

    private static int limit(String text) {
        if (text == null) {
            return PAGE;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw new BadFilter("limit must be a whole number from 1 to " + LARGEST_PAGE + ".");
    }
}
