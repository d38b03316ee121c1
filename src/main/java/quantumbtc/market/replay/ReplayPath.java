package quantumbtc.market.replay;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import quantumbtc.market.Source;

/** The addresses of the five sources. No two sources share a path, so one port can be all of them. */
enum ReplayPath {
    CMC_QUOTES("/v1/cryptocurrency/quotes/latest", Source.COINMARKETCAP, (scene, query) -> CoinMarketCapPages.quotes(scene),
            CoinMarketCapPages::limited),
    GECKO_PRICE("/api/v3/simple/price", Source.COINGECKO, (scene, query) -> CoinGeckoPages.price(scene), CoinGeckoPages::limited),
    GECKO_OHLC("/api/v3/coins/bitcoin/ohlc", Source.COINGECKO,
            (scene, query) -> CoinGeckoPages.ohlc(scene, (int) query.number("days", 1)), CoinGeckoPages::limited),
    KRAKEN_TICKER("/0/public/Ticker", Source.KRAKEN, (scene, query) -> KrakenPages.ticker(scene), KrakenPages::limited),
    KRAKEN_OHLC("/0/public/OHLC", Source.KRAKEN, (scene, query) -> KrakenPages.ohlc(scene,
            Duration.ofMinutes(query.number("interval", 1)), query.number("since", 0)), KrakenPages::limited),
    CHAIN_STATS("/stats", Source.BLOCKCHAIN, (scene, query) -> BlockchainPages.stats(scene), BlockchainPages::error),
    CHAIN_COUNT("/q/unconfirmedcount", Source.BLOCKCHAIN, (scene, query) -> BlockchainPages.unconfirmedCount(scene), BlockchainPages::error),
    CHAIN_TRANSACTIONS("/unconfirmed-transactions", Source.BLOCKCHAIN,
            (scene, query) -> BlockchainPages.unconfirmedTransactions(scene), BlockchainPages::error),
    LUNAR_LIST("/api4/public/coins/list/v2", Source.LUNARCRUSH, (scene, query) -> LunarCrushPages.list(scene), LunarCrushPages::error),
    LUNAR_COIN("/api4/public/coins/btc/v1", Source.LUNARCRUSH, (scene, query) -> LunarCrushPages.single(scene), LunarCrushPages::error);

    private final String path;
    private final Source source;
    private final BiFunction<Scene, Query, Page> page;
    private final Supplier<Page> limited;

    ReplayPath(String path, Source source, BiFunction<Scene, Query, Page> page, Supplier<Page> limited) {
        this.path = path;
        this.source = source;
        this.page = page;
        this.limited = limited;
    }

    static Optional<ReplayPath> of(String path) {
        return Arrays.stream(values()).filter(candidate -> candidate.path.equals(path)).findFirst();
    }

    Source source() {
        return source;
    }

    Page page(Scene scene, Query query) {
        return page.apply(scene, query);
    }

    /** The body of a 429. */
    Page limited() {
        return limited.get();
    }
}
