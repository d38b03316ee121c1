package quantumbtc.market;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import quantumbtc.market.SourceFailure.Kind;

/** Understands {@code Ticker} and {@code OHLC}. Kraken answers HTTP 200 always; its error list decides. */
final class KrakenReader {

    private static final int COUNT = 7;

    private KrakenReader() {
    }

    /** The last price and the venue's own volume, in BTC. The ticker carries no time. */
    static Quote ticker(Payload payload, Ask ask) {
        JsonNode pair = pair(payload, payload.json());
        return new Quote(Source.KRAKEN,
                payload.needed(pair.path("c").path(0), "c", Bounds.PRICE),
                null,
                null,
                payload.number(pair.path("v").path(1), "v", Bounds.AMOUNT),
                null,
                false);
    }

    /** Start of the newest minute in which somebody traded: the age of the ticker's price, to the minute. */
    static Instant lastTrade(Payload payload, Ask ask) {
        Instant newest = null;
        for (JsonNode row : pair(payload, payload.json())) {
            Integer trades = payload.whole(row.path(COUNT), "count", Bounds.COUNT);
            if (trades != null && trades > 0) {
                newest = payload.seconds(row.path(0), "time");
            }
        }
        if (newest == null) {
            throw payload.failed(Kind.EMPTY, "no minute with a trade");
        }
        return newest;
    }

    /** Finished bars only: the last row is the running one. A bar without trades is a gap. */
    static List<Candle> candles(Payload payload, Ask ask) {
        JsonNode rows = pair(payload, payload.json());
        Duration step = ask.candles().interval();
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < rows.size() - 1; i++) {
            JsonNode row = rows.get(i);
            Integer trades = payload.whole(row.path(COUNT), "count", Bounds.COUNT);
            Instant start = payload.seconds(row.path(0), "time");
            if (start == null) {
                throw payload.failed(Kind.MISSING_FIELD, "a candle has no time");
            }
            boolean empty = trades != null && trades == 0;
            boolean over = !start.plus(step).isAfter(ask.now());
            if (!empty && over && start.plus(step).isAfter(ask.candles().since())) {
                candles.add(candle(payload, start, step, row, row.path(6), Source.KRAKEN));
            }
        }
        return candles;
    }

    /** Columns 1 to 4 are open, high, low, close. */
    static Candle candle(Payload payload, Instant start, Duration step, JsonNode row, JsonNode volume, Source venue) {
        try {
            return new Candle(start, step,
                    payload.needed(row.path(1), "open", Bounds.PRICE),
                    payload.needed(row.path(2), "high", Bounds.PRICE),
                    payload.needed(row.path(3), "low", Bounds.PRICE),
                    payload.needed(row.path(4), "close", Bounds.PRICE),
                    payload.number(volume, "volume", Bounds.AMOUNT),
                    venue.label());
        } catch (IllegalArgumentException e) {
            throw payload.failed(Kind.BAD_PAYLOAD, e.getMessage());
        }
    }

    /** The pair's key in the answer differs from the one asked for (XBTUSD becomes XXBTZUSD), so it is the only one. */
    private static JsonNode pair(Payload payload, JsonNode root) {
        JsonNode errors = root.path("error");
        if (!errors.isEmpty()) {
            String text = Payload.shown(errors.path(0).asText());
            boolean limited = text.contains("Rate limit") || text.contains("Too many requests");
            throw payload.failed(limited ? Kind.RATE_LIMITED
                    : text.startsWith("EService:") ? Kind.SOURCE_BUSY : Kind.SOURCE_ERROR, text);
        }
        JsonNode result = root.path("result");
        for (var entry : result.properties()) {
            if (!entry.getKey().equals("last") && !entry.getValue().isEmpty()) {
                return entry.getValue();
            }
        }
        throw payload.failed(Kind.EMPTY, "no pair in the answer");
    }
}
