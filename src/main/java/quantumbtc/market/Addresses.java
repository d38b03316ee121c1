package quantumbtc.market;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where each question goes, and with which key. */
public final class Addresses {

    private static final Duration TRADE_SEARCH = Duration.ofMinutes(30);

    private final Map<Source, SourceAccess> accesses;

    public Addresses(Map<Source, SourceAccess> accesses) {
        this.accesses = new EnumMap<>(accesses);
    }

    SourceAccess access(Source source) {
        return accesses.get(source);
    }

    /** Kraken, Blockchain.com and CoinGecko answer without a key; the other two are absent without theirs. */
    boolean configured(Source source) {
        boolean needsKey = source == Source.COINMARKETCAP || source == Source.LUNARCRUSH;
        return !needsKey || access(source).key() != null;
    }

    List<Source> configured() {
        return List.of(Source.values()).stream().filter(this::configured).toList();
    }

    URI uri(Ask ask) {
        return URI.create(access(ask.feed().source()).url() + path(ask));
    }

    /** Path and query, as logged; no key is ever in it. */
    String path(Ask ask) {
        return switch (ask.feed()) {
            case COINMARKETCAP_QUOTE -> "/v1/cryptocurrency/quotes/latest?symbol=BTC&convert=USD";
            case COINGECKO_QUOTE -> "/api/v3/simple/price?ids=bitcoin&vs_currencies=usd&include_market_cap=true"
                    + "&include_24hr_vol=true&include_24hr_change=true&include_last_updated_at=true&precision=full";
            case COINGECKO_CANDLES -> "/api/v3/coins/bitcoin/ohlc?vs_currency=usd&days=" + CoinGeckoReader.days(ask);
            case KRAKEN_TICKER -> "/0/public/Ticker?pair=XBTUSD";
            case KRAKEN_LAST_TRADE -> ohlc(1, ask.now().minus(TRADE_SEARCH).getEpochSecond());
            // One second less: Kraken answers bars that begin after "since".
            case KRAKEN_CANDLES -> ohlc(ask.candles().interval().toMinutes(),
                    firstStart(ask.candles()) - 1);
            case BLOCKCHAIN_STATS -> "/stats?format=json";
            case BLOCKCHAIN_MEMPOOL -> "/q/unconfirmedcount";
            case BLOCKCHAIN_WHALES -> "/unconfirmed-transactions?format=json";
            case LUNARCRUSH_COINS -> "/api4/public/coins/list/v2?sort=market_cap_rank&limit=10";
        };
    }

    private static long firstStart(CandleRequest request) {
        long step = request.interval().toSeconds();
        return Math.max(0, Math.floorDiv(request.since().getEpochSecond(), step) * step);
    }

    private static String ohlc(long minutes, long since) {
        return "/0/public/OHLC?pair=XBTUSD&interval=" + minutes + "&since=" + since;
    }

    /** Request headers; with the key where there is one. */
    Map<String, String> headers(Source source) {
        String key = access(source).key();
        if (key == null) {
            return Map.of("Accept", "application/json, text/plain");
        }
        return switch (source) {
            case COINMARKETCAP -> Map.of("Accept", "application/json", "X-CMC_PRO_API_KEY", key);
            case COINGECKO -> Map.of("Accept", "application/json", proHost() ? "x-cg-pro-api-key" : "x-cg-demo-api-key", key);
            case LUNARCRUSH -> Map.of("Accept", "application/json", "Authorization", "Bearer " + key);
            default -> Map.of("Accept", "application/json, text/plain");
        };
    }

    private boolean proHost() {
        return access(Source.COINGECKO).url().getHost().startsWith("pro-");
    }
}
