package quantumbtc;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import quantumbtc.db.CountedParameters;
import quantumbtc.db.Database;
import quantumbtc.db.Schema;
import quantumbtc.signal.Calibration;
import quantumbtc.signal.SignalGenerator;
import quantumbtc.signal.Wording;
import quantumbtc.trade.Trades;

/** Makes every bean by its constructor, and says under which name the routes find it. */
public final class Wiring {

    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final Schema schema;

    public Wiring(Settings settings, Database database, Clock clock) {
        schema = new Schema(database,
                settings.number("database.lock-timeout-ms", 10, 600_000),
                settings.number("database.lock-attempts", 1, 100));
        beans.put("dataSource", CountedParameters.around(database.dataSource()));
        beans.put("schema", schema);
        beans.put("trades", new Trades(database));
        beans.put("signalGenerator", new SignalGenerator(Calibration.shipped(), settings.number("signal.history-candles", 120, 1_000_000)));
        beans.put("wording", wording(settings));
    }

    private static Wording wording(Settings settings) {
        return settings.find("wording.model").map(model -> Wording.by(settings.text("wording.base-url"),
                settings.find("openai.api-key").orElse("none"), model,
                Duration.ofMillis(settings.number("wording.timeout", 100, 60_000)))).orElseGet(Wording::off);
    }

    public Schema schema() {
        return schema;
    }

    /** Beans by the name that routes use. */
    public Map<String, Object> beans() {
        return beans;
    }
}
