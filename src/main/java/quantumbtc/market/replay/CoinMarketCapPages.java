package quantumbtc.market.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** CoinMarketCap's answers. */
final class CoinMarketCapPages {

    private static final BigDecimal SUPPLY = new BigDecimal(12_000_000);

    private CoinMarketCapPages() {
    }

    static Page quotes(Scene scene) {
        ObjectNode root = Page.object();
        ObjectNode status = root.putObject("status");
        status.put("timestamp", scene.now().toString());
        boolean error = scene.has(Fault.ERROR_BODY);
        status.put("error_code", error ? 1010 : 0);
        status.put("error_message", error ? "You've exceeded your API Key's monthly credit limit." : null);
        status.put("elapsed", 10).put("credit_count", 1);
        ObjectNode data = root.putObject("data");
        if (error || scene.has(Fault.EMPTY)) {
            return Page.of(root);
        }
        ObjectNode coin = data.putObject("BTC");
        coin.put("id", 1).put("name", "Bitcoin").put("symbol", "BTC").put("slug", "bitcoin").put("cmc_rank", 1)
                .put("circulating_supply", SUPPLY).put("max_supply", 21_000_000).put("last_updated", scene.time().toString());
        ObjectNode usd = coin.putObject("quote").putObject("USD");
        if (scene.shownPrice() != null) {
            usd.put("price", scene.shownPrice());
        }
        usd.put("volume_24h", scene.volumeUsd()).put("market_cap", SUPPLY.multiply(scene.price()))
                .put("last_updated", scene.time().toString());
        return Page.of(root);
    }

    static Page limited() {
        ObjectNode root = Page.object();
        root.putObject("status").put("error_code", 1008).put("error_message", "You've exceeded your API Key's HTTP request rate limit.");
        return Page.of(root);
    }
}
