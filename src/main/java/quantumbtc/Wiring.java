package quantumbtc;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import quantumbtc.db.CountedParameters;
import quantumbtc.db.Database;
import quantumbtc.db.Schema;

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
    }

    public Schema schema() {
        return schema;
    }

    /** Beans by the name that routes use. */
    public Map<String, Object> beans() {
        return beans;
    }
}
