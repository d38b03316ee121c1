package quantumbtc.market.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** LunarCrush's answers (version 4). The old prices come without talk, so the social numbers are fixed stand-ins. */
final class LunarCrushPages {

    private static final BigDecimal SENTIMENT = new BigDecimal(73);

    private LunarCrushPages() {
    }

    /** The list has the sentiment and the social numbers. */
    static Page list(Scene scene) {
        if (scene.has(Fault.ERROR_BODY)) {
            return error();
        }
        ObjectNode root = Page.object();
        root.putObject("config").put("sort", "market_cap_rank").put("limit", 10).put("generated", scene.listTime().getEpochSecond());
        ArrayNode data = root.putArray("data");
        if (!scene.has(Fault.EMPTY)) {
            ObjectNode coin = coin(scene);
            if (scene.shown(SENTIMENT) != null) {
                coin.put("sentiment", scene.shown(SENTIMENT));
            }
            coin.put("social_dominance", new BigDecimal("25.43")).put("social_volume_24h", 154_647)
                    .put("interactions_24h", 83_998_832).put("topic", "bitcoin");
            data.add(coin);
        }
        return Page.of(root);
    }

    /** A coin's own page has neither sentiment nor social numbers. */
    static Page single(Scene scene) {
        if (scene.has(Fault.ERROR_BODY)) {
            return error();
        }
        ObjectNode root = Page.object();
        root.putObject("config").put("id", "1").put("symbol", "BTC").put("topic", "bitcoin")
                .put("generated", scene.listTime().getEpochSecond());
        root.set("data", scene.has(Fault.EMPTY) ? Page.object() : coin(scene));
        return Page.of(root);
    }

    private static ObjectNode coin(Scene scene) {
        BigDecimal price = scene.tape().priceAt(scene.now());
        return Page.object().put("id", 1).put("name", "Bitcoin").put("symbol", "BTC").put("price", price).put("price_btc", 1)
                .put("volume_24h", scene.volumeUsd()).put("galaxy_score", new BigDecimal("39.9")).put("alt_rank", 90)
                .put("market_cap_rank", 1);
    }

    static Page error() {
        return Page.of(Page.object().put("error", "Invalid token"));
    }
}
