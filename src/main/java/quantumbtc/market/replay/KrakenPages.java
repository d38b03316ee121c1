package quantumbtc.market.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import quantumbtc.market.Candle;

/** Kraken's answers: numbers as text, and the pair under another name than it was asked for. */
final class KrakenPages {

    private static final String PAIR = "XXBTZUSD";
    private static final int MOST_ROWS = 720;

    private KrakenPages() {
    }

    static Page ticker(Scene scene) {
        ObjectNode result = Page.object();
        if (scene.has(Fault.ERROR_BODY)) {
            return error("EQuery:Unknown asset pair");
        }
        if (!scene.has(Fault.EMPTY)) {
            ObjectNode pair = result.putObject(PAIR);
            String price = scene.price().toPlainString();
            pair.putArray("a").add(price).add("1").add("1.000");
            pair.putArray("b").add(price).add("1").add("1.000");
            if (scene.shownPrice() != null) {
                pair.putArray("c").add(scene.shownPrice().toPlainString()).add("0.01000000");
            }
            pair.putArray("v").add("1.00000000").add(scene.volumeBtc().toPlainString());
            pair.putArray("t").add(100).add(1000);
            pair.put("o", price);
        }
        return answer(result);
    }

    /** Bars that begin after {@code since}, the newest 720 of them, the running one last. */
    static Page ohlc(Scene scene, Duration step, long since) {
        if (scene.has(Fault.ERROR_BODY)) {
            return error("EQuery:Unknown asset pair");
        }
        ObjectNode result = Page.object();
        if (scene.has(Fault.EMPTY)) {
            return answer(result);
        }
        long seconds = step.toSeconds();
        long running = Math.floorDiv(scene.now().getEpochSecond(), seconds) * seconds;
        long first = Math.max((Math.floorDiv(since, seconds) + 1) * seconds, running - (MOST_ROWS - 1) * seconds);
        first = Math.max(first, Math.floorDiv(scene.tape().start().getEpochSecond(), seconds) * seconds);
        ArrayNode rows = result.putArray(PAIR);
        for (long start = first; start <= running; start += seconds) {
            rows.add(row(scene, Instant.ofEpochSecond(start), step));
        }
        result.put("last", running - seconds);
        return answer(result);
    }

    /** Without trades it repeats the last price, with volume and count 0. */
    private static ArrayNode row(Scene scene, Instant start, Duration step) {
        Optional<Candle> traded = scene.bar(start, step);
        BigDecimal still = scene.tape().priceAt(start);
        Candle bar = traded.orElseGet(() -> new Candle(start, step, still, still, still, still, BigDecimal.ZERO, "Kraken"));
        BigDecimal volume = bar.volume() == null ? BigDecimal.ONE : bar.volume();
        return Page.array().add(start.getEpochSecond()).add(bar.open().toPlainString())
                .add((scene.has(Fault.HUGE) ? Scene.HUGE : bar.high()).toPlainString()).add(bar.low().toPlainString())
                .add(scene.has(Fault.MISSING_FIELD) ? null : bar.close().toPlainString())
                .add(traded.isPresent() ? bar.close().toPlainString() : "0.0").add(volume.toPlainString())
                .add(traded.isPresent() ? 10 : 0);
    }

    private static Page answer(ObjectNode result) {
        ObjectNode root = Page.object();
        root.putArray("error");
        root.set("result", result);
        return Page.of(root);
    }

    private static Page error(String text) {
        ObjectNode root = Page.object();
        root.putArray("error").add(text);
        return Page.of(root);
    }

    static Page limited() {
        return error("EAPI:Rate limit exceeded");
    }
}
