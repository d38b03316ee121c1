package quantumbtc.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import quantumbtc.market.SourceFailure.Kind;

/** Understands {@code simple/price} and {@code coins/bitcoin/ohlc}. */
final class CoinGeckoReader {

    private CoinGeckoReader() {
    }

    static Quote quote(Payload payload, Ask ask) {
        JsonNode root = payload.json();
        refuseError(payload, root);
        JsonNode bitcoin = root.path("bitcoin");
        if (bitcoin.isMissingNode() || bitcoin.isEmpty()) {
            throw payload.failed(Kind.EMPTY, "no bitcoin in the answer");
        }
        return new Quote(Source.COINGECKO,
                payload.needed(bitcoin.path("usd"), "usd", Bounds.PRICE),
                payload.seconds(bitcoin.path("last_updated_at"), "last_updated_at"),
                payload.number(bitcoin.path("usd_24h_vol"), "usd_24h_vol", Bounds.AMOUNT),
                null,
                payload.number(bitcoin.path("usd_market_cap"), "usd_market_cap", Bounds.AMOUNT),
                false);
    }

    /**
     * A row's time is when its bar CLOSES. The running bar is stamped off the grid or in the future; it is left out,
     * and so is what ended before the wanted time.
     */
    static List<Candle> candles(Payload payload, Ask ask) {
        JsonNode root = payload.json();
        refuseError(payload, root);
        Duration step = step(days(ask));
        List<Candle> candles = new ArrayList<>();
        for (JsonNode row : root) {
            Instant end = payload.millis(row.path(0), "time");
            if (end == null) {
                throw payload.failed(Kind.MISSING_FIELD, "a candle has no time");
            }
            boolean running = end.isAfter(ask.now()) || end.toEpochMilli() % step.toMillis() != 0;
            if (running || !end.isAfter(ask.candles().since())) {
                continue;
            }
            candles.add(KrakenReader.candle(payload, end.minus(step), step, row, null, Source.COINGECKO));
        }
        return candles;
    }

    /** The service chooses the step by the span: 30 minutes up to 2 days, 4 hours up to 30, else 4 days. */
    static Duration step(int days) {
        return days <= 2 ? Duration.ofMinutes(30) : days <= 30 ? Duration.ofHours(4) : Duration.ofDays(4);
    }

    /** The shortest span on offer that reaches back to the wanted time. */
    static int days(Ask ask) {
        Duration span = Duration.between(ask.candles().since(), ask.now());
        for (int days : new int[] {1, 7, 14, 30, 90, 180}) {
            if (span.compareTo(Duration.ofDays(days)) <= 0) {
                return days;
            }
        }
        return 365;
    }

    private static void refuseError(Payload payload, JsonNode root) {
        JsonNode status = root.path("status");
        int code = status.path("error_code").asInt(0);
        if (code != 0) {
            throw payload.failed(code == 429 ? Kind.RATE_LIMITED : Kind.SOURCE_ERROR,
                    "error " + code + ": " + Payload.shown(status.path("error_message").asText()));
        }
        if (root.has("error")) {
            throw payload.failed(Kind.SOURCE_ERROR, "error: " + Payload.shown(root.path("error").asText()));
        }
    }
}
