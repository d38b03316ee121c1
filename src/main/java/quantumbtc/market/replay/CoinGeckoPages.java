package quantumbtc.market.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import quantumbtc.market.Candle;

/** CoinGecko's answers. */
final class CoinGeckoPages {

    private static final BigDecimal SUPPLY = new BigDecimal(12_000_000);

    private CoinGeckoPages() {
    }

    static Page price(Scene scene) {
        ObjectNode root = Page.object();
        if (scene.has(Fault.ERROR_BODY)) {
            return limited();
        }
        if (scene.has(Fault.EMPTY)) {
            return Page.of(root);
        }
        ObjectNode bitcoin = root.putObject("bitcoin");
        if (scene.shownPrice() != null) {
            bitcoin.put("usd", scene.shownPrice());
        }
        bitcoin.put("usd_market_cap", SUPPLY.multiply(scene.price())).put("usd_24h_vol", scene.volumeUsd())
                .put("usd_24h_change", new BigDecimal("1.5")).put("last_updated_at", scene.time().getEpochSecond());
        return Page.of(root);
    }

    /** Rows stamped with the bar's close; the running bar is stamped with the present. */
    static Page ohlc(Scene scene, int days) {
        if (scene.has(Fault.ERROR_BODY)) {
            return limited();
        }
        ArrayNode rows = Page.array();
        if (scene.has(Fault.EMPTY)) {
            return Page.of(rows);
        }
        Duration step = days <= 2 ? Duration.ofMinutes(30) : days <= 30 ? Duration.ofHours(4) : Duration.ofDays(4);
        long seconds = step.toSeconds();
        long first = Math.floorDiv(scene.now().getEpochSecond() - days * 86_400L, seconds) * seconds;
        for (long start = first; start < scene.now().getEpochSecond(); start += seconds) {
            Instant from = Instant.ofEpochSecond(start);
            Instant stamp = from.plus(step).isAfter(scene.now()) ? scene.now() : from.plus(step);
            scene.bar(from, step).ifPresent(bar -> rows.add(row(scene, stamp, bar)));
        }
        return Page.of(rows);
    }

    private static ArrayNode row(Scene scene, Instant stamp, Candle bar) {
        return Page.array().add(stamp.toEpochMilli()).add(bar.open()).add(scene.has(Fault.HUGE) ? Scene.HUGE : bar.high())
                .add(bar.low()).add(scene.has(Fault.MISSING_FIELD) ? null : bar.close());
    }

    /** It has been seen with HTTP 429 and with 200. */
    static Page limited() {
        ObjectNode root = Page.object();
        root.putObject("status").put("error_code", 429).put("error_message", "You've exceeded the Rate Limit.");
        return Page.of(root);
    }
}
