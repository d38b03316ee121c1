package quantumbtc.validation;

import java.util.List;

/** How far a running sum of profits fell from its highest point. */
public final class Drawdown {

    private Drawdown() {
    }

    /**
     * @param profits in the order of time, in any one unit
     * @return the deepest fall, at least 0, in the same unit
     */
    public static double deepest(List<Double> profits) {
        double sum = 0;
        double highest = 0;
        double deepest = 0;
        for (double profit : profits) {
            sum += profit;
            highest = Math.max(highest, sum);
            deepest = Math.max(deepest, highest - sum);
        }
        return deepest;
    }
}
