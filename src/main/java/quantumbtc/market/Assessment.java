package quantumbtc.market;

/** Market data together with how far it can be trusted; neither is null. */
public record Assessment(MarketData data, Purity purity) {
}
