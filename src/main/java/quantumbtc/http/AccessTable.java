package quantumbtc.http;

import static quantumbtc.http.Access.ADMIN;
import static quantumbtc.http.Access.CRON;
import static quantumbtc.http.Access.OPEN;
import static quantumbtc.http.Access.USER;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every endpoint and who may call it. An endpoint that is missing here is answered 404, whatever its route does. */
public final class AccessTable {

    private static final List<Rule> RULES = List.of(
            new Rule("GET", "/api/quantum/health", OPEN),
            new Rule("GET", "/api/openapi.json", OPEN),
            new Rule("GET", "/api/docs", OPEN),
            new Rule("GET", "/api/docs/page.js", OPEN),
            new Rule("GET", "/api/docs/page.css", OPEN),

            new Rule("POST", "/api/quantum/generate-btc-trade", USER),
            new Rule("GET", "/api/quantum/trades", USER),
            new Rule("GET", "/api/quantum/trade-details/{tradeId}", USER),
            new Rule("GET", "/api/quantum/performance-dashboard", USER),
            new Rule("GET", "/api/quantum/me", USER),
            new Rule("GET", "/api/quantum/profit-curve", USER),
            new Rule("GET", "/api/quantum/market-history", USER),
            new Rule("GET", "/api/quantum/market-calls", ADMIN),
            new Rule("GET", "/api/quantum/trade-candles/{tradeId}", USER),
            // A hosted cron sends GET; the original's clients POST.
            new Rule("GET", "/api/quantum/validate-btc-trades", CRON),
            new Rule("POST", "/api/quantum/validate-btc-trades", CRON),

            // These only without an old deployment; with one, nothing under /api/atge comes this far.
            new Rule("POST", "/api/atge/generate-trade", USER),
            new Rule("POST", "/api/atge/generate", USER),
            new Rule("GET", "/api/atge/trades", USER),
            new Rule("GET", "/api/atge/stats", USER),
            new Rule("GET", "/api/atge/statistics", USER),
            new Rule("GET", "/api/quantum/atge", ADMIN),
            new Rule("PUT", "/api/quantum/atge", ADMIN),

            new Rule("POST", "/api/trades/generate", USER),
            new Rule("GET", "/api/quantum/rollout/me", USER),
            new Rule("GET", "/api/quantum/rollout", ADMIN),
            new Rule("PUT", "/api/quantum/rollout", ADMIN),
            new Rule("GET", "/api/quantum/rollout/history", ADMIN),
            new Rule("PUT", "/api/quantum/rollout/users/{userId}", ADMIN),
            new Rule("GET", "/api/quantum/phases", ADMIN),
            new Rule("GET", "/api/quantum/status", OPEN),
            new Rule("GET", "/api/quantum/monitoring", ADMIN),
            new Rule("GET", "/api/quantum/monitoring/alerts", ADMIN),
            new Rule("GET", "/api/quantum/maintenance", ADMIN),
            new Rule("POST", "/api/quantum/maintenance", ADMIN),
            new Rule("DELETE", "/api/quantum/maintenance/{id}", ADMIN),

            new Rule("GET", "/api/quantum/migrations", ADMIN),
            new Rule("POST", "/api/quantum/migrations", ADMIN),
            new Rule("GET", "/api/quantum/migrations/plan", ADMIN),
            new Rule("GET", "/api/quantum/migrations/log", ADMIN),
            new Rule("GET", "/api/quantum/migrations/quarantine", ADMIN),
            new Rule("POST", "/api/quantum/migrations/quarantine/retry", ADMIN),
            new Rule("POST", "/api/quantum/migrations/quarantine/accept", ADMIN),
            new Rule("POST", "/api/quantum/migrations/verify", ADMIN),
            new Rule("POST", "/api/quantum/migrations/rollback", ADMIN),
            new Rule("POST", "/api/quantum/migrations/archive", ADMIN),
            new Rule("POST", "/api/quantum/migrations/backup", ADMIN),
            new Rule("GET", "/api/quantum/migrations/{runId}", ADMIN),
            new Rule("POST", "/api/quantum/migrations/{runId}/pause", ADMIN),
            new Rule("POST", "/api/quantum/migrations/{runId}/resume", ADMIN),
            new Rule("POST", "/api/quantum/migrations/{runId}/cancel", ADMIN),
            new Rule("PUT", "/api/quantum/migrations/{runId}/throttle", ADMIN),

            new Rule("GET", "/api/quantum/sync", ADMIN),
            new Rule("GET", "/api/quantum/sync/conflicts", ADMIN),
            new Rule("POST", "/api/quantum/sync/conflicts/{id}/resolve", ADMIN),
            new Rule("POST", "/api/quantum/sync/pause", ADMIN),
            new Rule("POST", "/api/quantum/sync/resume", ADMIN));

    private final List<Rule> rules;

    public AccessTable() {
        this(RULES);
    }

    /** Other rules; for tests. */
    public AccessTable(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Access by method of the endpoint with this template; empty when the table does not name it. */
    public Map<String, Access> of(String template) {
        Map<String, Access> methods = new TreeMap<>();
        rules.stream().filter(rule -> rule.endpoint().equals(Rule.plain(template)))
                .forEach(rule -> methods.put(rule.method(), rule.access()));
        return methods;
    }

    /** The methods that a path answers, in alphabetical order; empty when it is no endpoint. */
    public List<String> methods(String path) {
        return rules.stream().filter(rule -> rule.covers(path)).map(Rule::method).distinct().sorted().toList();
    }
}
