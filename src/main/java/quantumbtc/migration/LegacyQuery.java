package quantumbtc.migration;

import java.time.Instant;
import java.util.UUID;

/**
 * Which of a user's legacy trades are wanted; a filter that is null is none.
 *
 * @param until  last time of generation, itself included
 * @param needsData only active trades that have no result yet
 * @param limit  1 to 100
 * @param offset rows passed over
 */
public record LegacyQuery(UUID user, String symbol, String status, String timeframe, Instant from, Instant until, boolean needsData,
                          LegacyColumn sortBy, boolean ascending, int limit, int offset) {
}
