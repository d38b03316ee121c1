package quantumbtc.market;

import java.time.Duration;
import java.time.Instant;

/**
 * Which candles are wanted.
 *
 * @param since    first instant of interest
 * @param interval wanted step: 1, 5, 15, 30 minutes, 1 or 4 hours, 1 day or 1 week
 */
public record CandleRequest(Instant since, Duration interval) {
}
