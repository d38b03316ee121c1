package quantumbtc.testing;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import quantumbtc.Settings;
import quantumbtc.Wiring;
import quantumbtc.market.Assessment;
import quantumbtc.market.CallLog;
import quantumbtc.market.CandleRequest;
import quantumbtc.market.Candles;
import quantumbtc.market.MarketData;
import quantumbtc.market.Source;
import quantumbtc.market.Suspension;
import quantumbtc.market.replay.ReplayServer;

/** The shipped market routes against a replay server and a real database, with a clock of the test's own. */
public final class MarketApp implements AutoCloseable {

    private final Wiring wiring;
    private final Main main = new Main();

    /** All five sources configured, no cache, one attempt, a breaker that never opens; changed as the test wants. */
    public MarketApp(TestDatabase test, ReplayServer replay, Clock clock, Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(Map.of(
                "coinmarketcap.api-key", "cmc-key", "lunarcrush.api-key", "lunar-key",
                "market.replayed", "true", "market.attempts", "1", "market.breaker-minimum-calls", "1000",
                "market.breaker-window-calls", "1000", "market.call-log-flush-ms", "20"));
        for (Source source : Source.values()) {
            values.put("market." + source.key() + ".url", replay.url().toString());
            values.put("market." + source.key() + ".timeout-ms", "2000");
            values.put("market." + source.key() + ".cache-seconds", "0");
        }
        values.putAll(changes);
        Settings settings = Settings.defaults().with(values);
        wiring = new Wiring(settings, test.database(), clock);
        main.setOverrideProperties(settings.asProperties());
        main.configure().withRoutesIncludePattern("file:routes/errors.camel.yaml,file:routes/market-data.camel.yaml");
        wiring.beans().forEach(main::bind);
        try {
            main.start();
        } catch (Exception e) {
            throw new IllegalStateException("the routes do not start", e);
        }
    }

    public MarketData data() {
        return ask("market-data", null, MarketData.class);
    }

    public Assessment assess() {
        return ask("market-assess", null, Assessment.class);
    }

    public Assessment pure() {
        return ask("market-pure", null, Assessment.class);
    }

    public Candles candles(CandleRequest request) {
        return ask("market-candles", request, Candles.class);
    }

    public Candles history(CandleRequest request) {
        return ask("market-history", request, Candles.class);
    }

    private <T> T ask(String route, Object body, Class<T> type) {
        try {
            return template().requestBody("direct:" + route, body, type);
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public ProducerTemplate template() {
        try {
            return main.getCamelTemplate();
        } catch (Exception e) {
            throw new IllegalStateException("the routes are not running", e);
        }
    }

    public Suspension suspension() {
        return (Suspension) wiring.beans().get("suspension");
    }

    public CallLog calls() {
        return (CallLog) wiring.beans().get("callLog");
    }

    /** A time that lies a day before the end of a tape of two days. */
    public static final Instant NOON = Instant.parse("2024-03-05T12:00:00Z");

    @Override
    public void close() {
        main.stop();
        wiring.close();
    }
}
