package quantumbtc.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a migration is, at one moment.
 *
 * @param at             when
 * @param rowsDone       rows migrated or quarantined
 * @param rowsTotal      candidates; null while they are not counted yet
 * @param rowsPerSecond  current speed; null when unknown
 * @param eta            time left; null when unknown
 * @param quarantined    rows put aside so far
 * @param throttleReason why it goes slower than it could; null when it does not
 * @param stalledFor     time without progress; zero when rows move
 */
public record ProgressLine(Instant at, long rowsDone, Long rowsTotal, Double rowsPerSecond, Duration eta, long quarantined,
                           String throttleReason, Duration stalledFor) {

    /** One line for people: {@code 180,000 of 900,000 rows (20.0 %), 61,200 rows/s, 12 s left, 3 quarantined}. */
    public String text(Duration stallAfter) {
        String details = details(stallAfter);
        return rows() + (details.isEmpty() ? "" : ", " + details);
    }

    /** The same without how many of how many rows, which a bar shows by itself. */
    String details(Duration stallAfter) {
        List<String> details = new ArrayList<>();
        if (isStalled(stallAfter)) {
            details.add("STALLED: no progress for " + human(stalledFor));
        } else {
            if (rowsPerSecond != null) {
                details.add(String.format(Locale.ROOT, "%,.0f rows/s", rowsPerSecond));
            }
            if (eta != null) {
                details.add(human(eta) + " left");
            }
        }
        if (quarantined > 0) {
            details.add(String.format(Locale.ROOT, "%,d quarantined", quarantined));
        }
        if (throttleReason != null) {
            details.add("throttled: " + throttleReason);
        }
        return String.join(", ", details);
    }

    public boolean isStalled(Duration stallAfter) {
        return stalledFor.compareTo(stallAfter) >= 0;
    }

    private String rows() {
        if (rowsTotal == null) {
            return String.format(Locale.ROOT, "%,d rows", rowsDone);
        }
        double percent = rowsTotal == 0 ? 100 : 100.0 * rowsDone / rowsTotal;
        return String.format(Locale.ROOT, "%,d of %,d rows (%.1f %%)", rowsDone, rowsTotal, percent);
    }

    /** {@code 45 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
    static String human(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
}
