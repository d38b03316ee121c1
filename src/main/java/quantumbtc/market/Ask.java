package quantumbtc.market;

import java.time.Instant;

/**
 * One question at one time.
 *
 * @param now     when it is asked
 * @param candles which candles; null when the feed is not about candles
 */
public record Ask(Feed feed, Instant now, CandleRequest candles) {
}
