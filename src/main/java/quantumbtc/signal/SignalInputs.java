package quantumbtc.signal;

import java.time.Instant;
import java.util.UUID;
import quantumbtc.market.Assessment;
import quantumbtc.market.Candles;
import quantumbtc.market.MarketData;
import quantumbtc.market.Purity;
import quantumbtc.trade.Timeframe;

/**
 * Everything that a signal is made of; the same inputs give the same signal.
 *
 * @param chart       candles; those that had not ended at generatedAt are not looked at
 * @param market      what the sources said, for price and proof
 * @param purity      how far that can be trusted; its median is the entry price
 * @param userId      whose trade it becomes
 * @param seed        of the bootstrap's random numbers
 * @param generatedAt when; cut to milliseconds
 * @param asked       the timeframe that the user wants; null: the best is chosen
 */
public record SignalInputs(Chart chart, MarketData market, Purity purity, UUID userId, long seed, Instant generatedAt, Timeframe asked) {

    public SignalInputs(Chart chart, MarketData market, Purity purity, UUID userId, long seed, Instant generatedAt) {
        this(chart, market, purity, userId, seed, generatedAt, null);
    }

    /** Of what the sources answered: Kraken's candles, or the second venue's when Kraken gave none. */
    public static SignalInputs of(Assessment assessment, Candles candles, UUID userId, long seed, Instant generatedAt, Timeframe asked) {
        return new SignalInputs(Chart.of(candles.kraken().isEmpty() ? candles.second() : candles.kraken()), assessment.data(),
                assessment.purity(), userId, seed, generatedAt, asked);
    }
}
