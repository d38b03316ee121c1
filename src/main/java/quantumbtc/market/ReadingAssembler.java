package quantumbtc.market;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts readings together, without adding anything to them. */
public final class ReadingAssembler {

    private final Addresses addresses;
    private final Clock clock;
    private final boolean replayed;

    /** @param replayed true when the sources are a replay of old prices */
    public ReadingAssembler(Addresses addresses, Clock clock, boolean replayed) {
        this.addresses = addresses;
        this.clock = clock;
        this.replayed = replayed;
    }

    /** A question that was asked and has no reading ran out of time. */
    public MarketData marketData(List<Reading> readings) {
        Map<Feed, Reading> byFeed = byFeed(readings, Feed.OF_MARKET_DATA);
        List<Quote> quotes = new ArrayList<>();
        byFeed.get(Feed.COINMARKETCAP_QUOTE).as(Quote.class).ifPresent(quote -> quotes.add(marked(quote, quote.time())));
        byFeed.get(Feed.COINGECKO_QUOTE).as(Quote.class).ifPresent(quote -> quotes.add(marked(quote, quote.time())));
        Instant lastTrade = byFeed.get(Feed.KRAKEN_LAST_TRADE).as(Instant.class).orElse(null);
        byFeed.get(Feed.KRAKEN_TICKER).as(Quote.class).ifPresent(quote -> quotes.add(marked(quote, lastTrade)));
        return new MarketData(clock.instant(), addresses.configured(), quotes, chain(byFeed),
                byFeed.get(Feed.LUNARCRUSH_COINS).as(Sentiment.class).orElse(null), failures(byFeed), replayed);
    }

    /** @param request what was asked for */
    public Candles candles(List<Reading> readings, CandleRequest request) {
        Map<Feed, Reading> byFeed = byFeed(readings, List.of(Feed.KRAKEN_CANDLES, Feed.COINGECKO_CANDLES));
        return new Candles(request.since(), candles(byFeed.get(Feed.KRAKEN_CANDLES)),
                candles(byFeed.get(Feed.COINGECKO_CANDLES)), failures(byFeed), replayed);
    }

    /** Of one venue, the one whose candles carry volume. */
    public Candles history(Reading reading, CandleRequest request) {
        return new Candles(request.since(), candles(reading), List.of(),
                reading.failure() == null ? List.of() : List.of(reading.failure()), replayed);
    }

    private Quote marked(Quote quote, Instant time) {
        return new Quote(quote.source(), quote.price(), time, quote.volumeUsd24h(), quote.volumeBtc24h(),
                quote.marketCapUsd(), replayed);
    }

    private Map<Feed, Reading> byFeed(List<Reading> readings, List<Feed> asked) {
        Map<Feed, Reading> byFeed = new EnumMap<>(Feed.class);
        readings.forEach(reading -> byFeed.put(reading.feed(), reading));
        for (Feed feed : asked) {
            byFeed.computeIfAbsent(feed, missing -> !addresses.configured(missing.source()) ? Reading.absent(missing)
                    : Reading.failed(missing, new SourceFailure(missing.source(), missing.question(),
                            SourceFailure.Kind.OUT_OF_TIME, "no answer within the request's time", null, null)));
        }
        return byFeed;
    }

    private static ChainState chain(Map<Feed, Reading> byFeed) {
        List<ChainState> parts = List.of(Feed.BLOCKCHAIN_STATS, Feed.BLOCKCHAIN_MEMPOOL, Feed.BLOCKCHAIN_WHALES).stream()
                .flatMap(feed -> byFeed.get(feed).as(ChainState.class).stream()).toList();
        if (parts.isEmpty()) {
            return null;
        }
        Integer mempool = first(parts, ChainState::mempoolSize);
        Integer whales = first(parts, ChainState::whaleTransactions);
        BigDecimal difficulty = first(parts, ChainState::difficulty);
        return new ChainState(mempool, whales, difficulty, first(parts, ChainState::hashRate), first(parts, ChainState::time));
    }

    private static <T> T first(List<ChainState> parts, Function<ChainState, T> field) {
        return parts.stream().map(field).filter(value -> value != null).findFirst().orElse(null);
    }

    private static List<SourceFailure> failures(Map<Feed, Reading> byFeed) {
        return byFeed.values().stream().map(Reading::failure).filter(failure -> failure != null).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Candle> candles(Reading reading) {
        return reading.value() == null ? List.of() : (List<Candle>) reading.value();
    }
}
