package quantumbtc.monitoring;

/** Part of the calls of the last seven days that were answered, percent; null for a source that was not called. */
public record ApiReliability(Double cmc, Double coingecko, Double kraken, Double blockchain, Double lunarcrush) {
}
