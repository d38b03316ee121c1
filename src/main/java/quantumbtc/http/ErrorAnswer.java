package quantumbtc.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an error says in its body: {@code success} and {@code error}, and the fields that older clients look for. */
public final class ErrorAnswer {

    private static final String VALIDATION = "/api/quantum/validate-btc-trades";
    private static final String GENERATION = "/api/quantum/generate-btc-trade";
    private static final String DASHBOARD = "/api/quantum/performance-dashboard";
    /** What a client is told about a fault of ours, by path. */
    private static final Map<String, String> FAULTS = Map.of(
            VALIDATION, "Internal server error. Validation failed.",
            GENERATION, "Internal server error. Failed to generate trade signal.",
            DASHBOARD, "Internal server error. Failed to fetch performance metrics.",
            "/api/quantum/trade-details", "Internal server error. Failed to fetch trade details.",
            "/api/quantum/trades", "Internal server error. Failed to fetch trades.");
    private static final List<String> COUNTS = List.of("tradesValidated", "tradesHit", "tradesNotHit",
            "tradesInvalidated", "tradesExpired", "anomaliesDetected", "executionTime");

    private final Json json;

    public ErrorAnswer(Json json) {
        this.json = json;
    }

    /**
     * @param path   of the request; only looked at, never repeated
     * @param millis how long the request took
     */
    public String of(Problem problem, String path, long millis) {
        String message = problem.status() == 500 ? fault(path, problem.getMessage()) : problem.getMessage();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("success", false);
        fields.put("error", message);
        if (path.startsWith("/api/atge/")) {
            fields.put("message", problem.status() == 401 ? oldWords(problem) : message);
            if (problem.status() == 429) {
                fields.put("remainingTime", Long.valueOf(problem.headers().get("Retry-After")));
            }
        }
        if (path.startsWith(VALIDATION)) {
            // Nothing was judged, so the zeros are counts, not stand-ins.
            fields.put("summary", zeros(COUNTS));
            fields.put("errors", List.of(message));
        }
        if (path.startsWith(DASHBOARD)) {
            fields.put("metrics", metrics());
        }
        if (path.startsWith(GENERATION) && problem.status() >= 500) {
            fields.put("executionTime", millis);
        }
        fields.putAll(problem.details());
        return json.text(fields);
    }

    /** As ATGE's own pages know them. */
    private static String oldWords(Problem unauthorized) {
        String challenge = unauthorized.headers().getOrDefault("WWW-Authenticate", "");
        return !challenge.contains("invalid_token") ? "Not authenticated. Please log in."
                : challenge.contains("session") ? "Session not found. Please log in again."
                : challenge.contains("expired") ? "Your session has expired. Please log in again." : "Invalid authentication token. Please log in again.";
    }

    private static String fault(String path, String otherwise) {
        return FAULTS.entrySet().stream().filter(entry -> path.startsWith(entry.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse(otherwise);
    }

    private static Map<String, Object> zeros(List<String> names) {
        Map<String, Object> zeros = new LinkedHashMap<>();
        names.forEach(name -> zeros.put(name, 0));
        return zeros;
    }

    /** As clients of the dashboard expect them beside {@code success: false}, which says that they measure nothing. */
    private static Map<String, Object> metrics() {
        Map<String, Object> metrics = zeros(List.of("totalTrades", "overallAccuracy", "totalProfitLoss",
                "averageConfidenceWinning", "averageConfidenceLosing"));
        metrics.put("bestTimeframe", "N/A");
        metrics.put("worstTimeframe", "N/A");
        metrics.put("recentTrades", List.of());
        metrics.put("dataQualityTrend", List.of());
        metrics.put("apiReliability", zeros(List.of("cmc", "coingecko", "kraken", "blockchain", "lunarcrush")));
        metrics.put("anomalyCount", 0);
        return metrics;
    }
}
