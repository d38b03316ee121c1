package quantumbtc.market;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** A question to a source, with the reader that understands the answer. Each has its own circuit breaker and cache. */
public enum Feed {
    COINMARKETCAP_QUOTE(Source.COINMARKETCAP, "quote", CoinMarketCapReader::quote),
    COINGECKO_QUOTE(Source.COINGECKO, "quote", CoinGeckoReader::quote),
    KRAKEN_TICKER(Source.KRAKEN, "ticker", KrakenReader::ticker),
    KRAKEN_LAST_TRADE(Source.KRAKEN, "last trade", KrakenReader::lastTrade),
    BLOCKCHAIN_STATS(Source.BLOCKCHAIN, "stats", BlockchainReader::stats),
    BLOCKCHAIN_MEMPOOL(Source.BLOCKCHAIN, "mempool", BlockchainReader::mempool),
    BLOCKCHAIN_WHALES(Source.BLOCKCHAIN, "whales", BlockchainReader::whales),
    LUNARCRUSH_COINS(Source.LUNARCRUSH, "coins", LunarCrushReader::sentiment),
    KRAKEN_CANDLES(Source.KRAKEN, "candles", KrakenReader::candles),
    COINGECKO_CANDLES(Source.COINGECKO, "candles", CoinGeckoReader::candles);

    /** Those that market data is made of; the others are asked for candles. */
    public static final List<Feed> OF_MARKET_DATA = List.of(COINMARKETCAP_QUOTE, COINGECKO_QUOTE, KRAKEN_TICKER,
            KRAKEN_LAST_TRADE, BLOCKCHAIN_STATS, BLOCKCHAIN_MEMPOOL, BLOCKCHAIN_WHALES, LUNARCRUSH_COINS);

    private final Source source;
    private final String question;
    private final BiFunction<Payload, Ask, Object> reader;

    Feed(Source source, String question, BiFunction<Payload, Ask, Object> reader) {
        this.source = source;
        this.question = question;
        this.reader = reader;
    }

    public Source source() {
        return source;
    }

    public String question() {
        return question;
    }

    /** The name in routes. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Understands the body of an HTTP 200.
     *
     * @throws SourceFailed when it holds no value that can be believed
     */
    static Object read(Ask ask, byte[] body) {
        return ask.feed().reader.apply(new Payload(ask.feed(), body), ask);
    }
}
