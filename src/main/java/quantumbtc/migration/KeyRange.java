package quantumbtc.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Ids from {@code lower} up to, but not including, {@code upper}.
 *
 * @param lower null: from the first id on
 * @param upper null: to the last id
 */
record KeyRange(UUID lower, UUID upper) {

    static final KeyRange EVERYTHING = new KeyRange(null, null);

    /** The range cut at borders that lie in it and ascend. */
    List<KeyRange> cutAt(List<UUID> borders) {
        List<KeyRange> pieces = new ArrayList<>();
        UUID from = lower;
        for (UUID border : borders) {
            pieces.add(new KeyRange(from, border));
            from = border;
        }
        pieces.add(new KeyRange(from, upper));
        return pieces;
    }

    /** True when the ranges, in this order, hold every id exactly once. */
    static boolean coverEverything(List<KeyRange> ranges) {
        UUID expected = null;
        for (int i = 0; i < ranges.size(); i++) {
            KeyRange range = ranges.get(i);
            boolean last = i == ranges.size() - 1;
            if (!Objects.equals(range.lower, expected) || (range.upper == null) != last) {
                return false;
            }
            expected = range.upper;
        }
        return !ranges.isEmpty();
    }

    /** The range as a condition on a quoted column. */
    String contains(String column) {
        String from = lower == null ? "" : " AND " + column + " >= '" + lower + "'::uuid";
        String below = upper == null ? "" : " AND " + column + " < '" + upper + "'::uuid";
        return "(true" + from + below + ")";
    }
}
