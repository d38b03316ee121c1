package quantumbtc.validation;

import java.util.List;
import java.util.Map;

/**
 * How a set of finished trades did. What cannot be known is null, never 0.
 *
 * @param trades       how many, INVALIDATED ones included: no issued signal leaves the denominator
 * @param hitRate      HIT over all of them, 0 to 1; null without trades
 * @param interval     Wilson's 95 % interval of the hit rate; null without trades
 * @param baseRate     mean part of random entries with the same geometry that were hit, 0 to 1
 * @param expectancy   mean profit of the entered trades after costs, USD for $1,000
 * @param totalProfit  sum of their profits, USD
 * @param profitFactor gains over losses; null when nothing was lost
 * @param maxDrawdown  deepest fall of the summed profit below its highest point before, USD; trades in the order of their ends
 * @param buyAndHold   mean result of holding $1,000 of Bitcoin over the same hours after the same costs, USD
 * @param score        of the confidences; null when no trade states one
 */
public record Performance(int trades, int hit, int notHit, int invalidated, int expired, Double hitRate, Interval interval,
                          Double baseRate, Double expectancy, double totalProfit, Double profitFactor, double maxDrawdown,
                          Double buyAndHold, Score score) {

    /** Timeframes with fewer trades are not ranked: their order would be chance. */
    public static final int FEWEST_FOR_RANKING = 30;

    /** In any order. */
    public static Performance of(List<JudgedTrade> trades) {
        return new Tally(trades).performance();
    }

    /** By timeframe, in the order of their words' first appearance from short to long. */
    public static Map<String, Performance> byTimeframe(List<JudgedTrade> trades) {
        return Tally.byTimeframe(trades);
    }

    /** True when there are enough trades to call it best or worst of several. */
    public boolean ranked() {
        return trades >= FEWEST_FOR_RANKING;
    }
}
