package quantumbtc.migration;

import java.util.UUID;

/**
 * Ids from {@code lower} up to, but not including, {@code upper}.
 *
 * @param lower null: from the first id on
 * @param upper null: to the last id
 */
record KeyRange(UUID lower, UUID upper) {

    /** The range as a condition on a quoted column. */
    String contains(String column) {
        String from = lower == null ? "" : " AND " + column + " >= '" + lower + "'::uuid";
        String below = upper == null ? "" : " AND " + column + " < '" + upper + "'::uuid";
        return "(true" + from + below + ")";
    }
}
