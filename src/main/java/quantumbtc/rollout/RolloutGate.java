package quantumbtc.rollout;

import java.math.BigDecimal;

/**
 * A condition for serving more users by Quantum.
 *
 * @param name  what is measured; never null
 * @param value as it is now, in the unit of the limit; null when it is unknown
 * @param limit the last value that is still good
 * @param unit  such as percent or seconds
 * @param ok    false when the value is outside of the limit, and when it is unknown: nobody knows then that it is good
 * @param says  the same in words
 */
public record RolloutGate(String name, BigDecimal value, BigDecimal limit, String unit, boolean ok, String says) {

    static RolloutGate most(String name, BigDecimal value, int limit, String unit) {
        BigDecimal bound = BigDecimal.valueOf(limit);
        return of(name, value, bound, unit, value != null && value.compareTo(bound) <= 0, "at most");
    }

    static RolloutGate least(String name, BigDecimal value, int limit, String unit) {
        BigDecimal bound = BigDecimal.valueOf(limit);
        return of(name, value, bound, unit, value != null && value.compareTo(bound) >= 0, "at least");
    }

    private static RolloutGate of(String name, BigDecimal value, BigDecimal limit, String unit, boolean ok, String bound) {
        String says = value == null ? name + " is unknown, needed is " + bound + " " + limit + " " + unit
                : name + " is " + value.stripTrailingZeros().toPlainString() + " " + unit + ", needed is " + bound + " " + limit + " " + unit;
        return new RolloutGate(name, value, limit, unit, ok, says);
    }
}
