package quantumbtc.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import quantumbtc.market.SourceFailure.Kind;

/**
 * Understands {@code coins/list} (version 4), the one place that has sentiment beside the social numbers. A coin's own
 * page has neither.
 */
final class LunarCrushReader {

    private LunarCrushReader() {
    }

    static Sentiment sentiment(Payload payload, Ask ask) {
        JsonNode root = payload.json();
        if (root.has("error")) {
            throw payload.failed(Kind.SOURCE_ERROR, "error: " + Payload.shown(root.path("error").asText()));
        }
        Instant time = payload.seconds(root.path("config").path("generated"), "generated");
        for (JsonNode coin : root.path("data")) {
            if (coin.path("symbol").asText().equals("BTC")) {
                Integer score = payload.whole(coin.path("sentiment"), "sentiment", Bounds.PERCENT);
                if (score == null) {
                    throw payload.failed(Kind.MISSING_FIELD, "sentiment is missing");
                }
                return new Sentiment(score,
                        payload.number(coin.path("social_dominance"), "social_dominance", Bounds.PERCENT),
                        payload.number(coin.path("social_volume_24h"), "social_volume_24h", Bounds.AMOUNT),
                        payload.number(coin.path("interactions_24h"), "interactions_24h", Bounds.AMOUNT),
                        time);
            }
        }
        throw payload.failed(Kind.EMPTY, "no BTC in the list");
    }
}
