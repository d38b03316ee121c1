package quantumbtc.market;

import com.fasterxml.jackson.databind.JsonNode;
import quantumbtc.market.SourceFailure.Kind;

/** Understands {@code cryptocurrency/quotes/latest}, versions 1 and 2. */
final class CoinMarketCapReader {

    /** Requests a minute. The codes after it mean the day's and the month's share, which no short wait gives back. */
    private static final int MINUTE_LIMIT = 1008;

    private CoinMarketCapReader() {
    }

    static Quote quote(Payload payload, Ask ask) {
        JsonNode root = payload.json();
        refuseError(payload, root.path("status"));
        JsonNode coin = coin(root.path("data"));
        JsonNode usd = coin.path("quote").path("USD");
        if (usd.isMissingNode()) {
            throw payload.failed(coin.isMissingNode() ? Kind.EMPTY : Kind.MISSING_FIELD, "no quote in USD");
        }
        return new Quote(Source.COINMARKETCAP,
                payload.needed(usd.path("price"), "price", Bounds.PRICE),
                payload.iso(usd.path("last_updated"), "last_updated"),
                payload.number(usd.path("volume_24h"), "volume_24h", Bounds.AMOUNT),
                null,
                payload.number(usd.path("market_cap"), "market_cap", Bounds.AMOUNT),
                false);
    }

    private static void refuseError(Payload payload, JsonNode status) {
        int code = status.path("error_code").asInt(0);
        if (code != 0) {
            throw payload.failed(code == MINUTE_LIMIT ? Kind.RATE_LIMITED : Kind.SOURCE_ERROR,
                    "error " + code + ": " + Payload.shown(status.path("error_message").asText()));
        }
    }

    /** Version 1 keys by symbol; version 2 has a list there, or keys by id. */
    private static JsonNode coin(JsonNode data) {
        JsonNode bySymbol = data.path("BTC");
        JsonNode found = bySymbol.isMissingNode() ? data.path("1") : bySymbol;
        return found.isArray() ? found.path(0) : found;
    }
}
