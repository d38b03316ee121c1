package quantumbtc.monitoring;

import quantumbtc.validation.Interval;

/**
 * How the trades of one timeframe ended.
 *
 * @param timeframe empty for trades that state none
 * @param trades    that are over
 * @param accuracy  percent of them that were HIT
 * @param interval  Wilson's 95 % interval of the accuracy, in percent, too
 */
public record TimeframeAccuracy(String timeframe, long trades, long hit, double accuracy, Interval interval) {
}
