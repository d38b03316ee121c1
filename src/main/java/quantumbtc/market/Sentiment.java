package quantumbtc.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What LunarCrush says of the talk about Bitcoin. Every value but the score may be null.
 *
 * @param score           share of positive talk, 0 to 100; never null
 * @param socialDominance percent of all talk, 0 to 100
 * @param socialVolume24h posts in 24 hours
 * @param interactions24h reactions in 24 hours
 * @param time            the source's own time of the list
 */
public record Sentiment(Integer score, BigDecimal socialDominance, BigDecimal socialVolume24h, BigDecimal interactions24h,
                        Instant time) {
}
