package quantumbtc;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import quantumbtc.db.CountedParameters;
import quantumbtc.db.Database;
import quantumbtc.db.Schema;
import quantumbtc.http.AccessTable;
import quantumbtc.http.Authorization;
import quantumbtc.http.CronSecret;
import quantumbtc.http.DatabaseCheck;
import quantumbtc.http.GateEngine;
import quantumbtc.http.GateParts;
import quantumbtc.http.Health;
import quantumbtc.http.Json;
import quantumbtc.http.MigrationRequests;
import quantumbtc.http.Problems;
import quantumbtc.http.RateLimits;
import quantumbtc.http.TokenKeys;
import quantumbtc.http.Tokens;

/** Makes every bean by its constructor, and says under which name the routes find it. */
public final class Wiring {

    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final Schema schema;

    private final Settings settings;
    private final Database database;
    private final Clock clock;

    public Wiring(Settings settings, Database database, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        schema = new Schema(database,
                settings.number("database.lock-timeout-ms", 10, 600_000),
                settings.number("database.lock-attempts", 1, 100));
        beans.put("dataSource", CountedParameters.around(database.dataSource()));
        beans.put("schema", schema);
    }

    /**
     * Adds what only serving needs. Apart from the rest, so that no command fails over a setting of the endpoints.
     *
     * @throws quantumbtc.db.Refused when the settings of the tokens are unsafe
     */
    void addEndpoints(String version) {
        Tokens tokens = new Tokens(TokenKeys.of(settings.find("jwt.secret"), settings.find("jwt.jwks-url")),
                settings.find("jwt.audience"), clock);
        RateLimits limits = new RateLimits(database.dataSource(), clock);
        Health health = new Health(database, version);
        Problems problems = new Problems();
        beans.put(GateEngine.NAME, new GateEngine(new GateParts(new AccessTable(),
                new Authorization(tokens, new CronSecret(settings.find("cron.secret"))), limits, problems, new Json())));
        beans.put("rateLimits", limits);
        beans.put("health", health);
        beans.put("databaseCheck", new DatabaseCheck(health));
        beans.put("migrationRequests", new MigrationRequests());
    }

    public Schema schema() {
        return schema;
    }

    /** Beans by the name that routes use. */
    public Map<String, Object> beans() {
        return beans;
    }
}
