package quantumbtc.market;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the configured sources said at one time. What no source gave is absent, never 0 or an average.
 *
 * @param gatheredAt when the answers were put together
 * @param configured the sources that were to be asked; one without its key is not among them
 * @param quotes     prices, at most one a source, in the order of {@link Source}
 * @param chain      null when Blockchain.com answered nothing
 * @param sentiment  null when LunarCrush answered nothing or is not configured
 * @param failures   each question that stayed unanswered
 * @param replayed   true when the values come from a replay of old prices, not from the market
 */
public record MarketData(Instant gatheredAt, List<Source> configured, List<Quote> quotes, ChainState chain,
                         Sentiment sentiment, List<SourceFailure> failures, boolean replayed) {

    public MarketData {
        configured = List.copyOf(configured);
        quotes = List.copyOf(quotes);
        failures = List.copyOf(failures);
    }

    public Optional<Quote> quote(Source source) {
        return quotes.stream().filter(quote -> quote.source() == source).findFirst();
    }

    /** True when the source gave at least one value. */
    public boolean answered(Source source) {
        return switch (source) {
            case BLOCKCHAIN -> chain != null;
            case LUNARCRUSH -> sentiment != null;
            default -> quote(source).isPresent();
        };
    }
}
