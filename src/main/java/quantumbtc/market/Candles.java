package quantumbtc.market;

import java.time.Instant;
import java.util.List;

/**
 * Finished candles of each venue, oldest first, as far as each venue keeps them. A venue may answer a longer step than
 * was asked for (each candle says its own) and may not reach back to {@code since}: compare with the first candle.
 *
 * @param since    first instant that was asked for
 * @param kraken   empty when it failed or had no trades
 * @param second   candles of CoinGecko, without volume; empty when it failed
 * @param failures why a venue gave none
 * @param replayed true when they come from a replay of old prices
 */
public record Candles(Instant since, List<Candle> kraken, List<Candle> second, List<SourceFailure> failures, boolean replayed) {

    public Candles {
        kraken = List.copyOf(kraken);
        second = List.copyOf(second);
        failures = List.copyOf(failures);
    }
}
