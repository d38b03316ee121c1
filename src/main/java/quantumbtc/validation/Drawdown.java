package quantumbtc.validation;

import java.util.List;

/**
 * How a running sum of profits moved over a stretch of time, in USD, with what is needed to join it to the next stretch.
 *
 * @param sum     at its end, from 0 at its beginning
 * @param highest that the running sum reached, at least 0
 * @param lowest  that it reached, at most 0
 * @param deepest fall below its highest point before, at least 0
 */
public record Drawdown(double sum, double highest, double lowest, double deepest) {

    private static final Drawdown NONE = new Drawdown(0, 0, 0, 0);

    private static Drawdown of(double profit) {
        return new Drawdown(profit, Math.max(0, profit), Math.min(0, profit), Math.max(0, -profit));
    }

    private Drawdown then(Drawdown later) {
        return new Drawdown(sum + later.sum, Math.max(highest, sum + later.highest), Math.min(lowest, sum + later.lowest),
                Math.max(Math.max(deepest, later.deepest), highest - (sum + later.lowest)));
    }

    /** @param stretches in the order of time, without a gap */
    public static double deepest(List<Drawdown> stretches) {
        return stretches.stream().reduce(NONE, Drawdown::then).deepest();
    }

    /** @param profits in the order of time; those of the same instant summed up, as their order is unknown */
    public static double deepestOf(List<Double> profits) {
        return deepest(profits.stream().map(Drawdown::of).toList());
    }
}
