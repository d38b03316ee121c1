package quantumbtc.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an error says in its body: {@code success} and {@code error}, and the fields that older clients look for. */
public final class ErrorAnswer {

    private static final String VALIDATION = "/api/quantum/validate-btc-trades";
    private static final List<String> COUNTS = List.of("tradesValidated", "tradesHit", "tradesNotHit",
            "tradesInvalidated", "tradesExpired", "anomaliesDetected", "executionTime");

    private final Json json;

    public ErrorAnswer(Json json) {
        this.json = json;
    }

    /** @param path of the request; only looked at, never repeated */
    public String of(Problem problem, String path) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("success", false);
        fields.put("error", problem.getMessage());
        if (path.startsWith("/api/atge/")) {
            fields.put("message", problem.getMessage());
        }
        if (path.startsWith(VALIDATION)) {
            // Nothing was judged, so the zeros are counts, not stand-ins.
            Map<String, Object> summary = new LinkedHashMap<>();
            COUNTS.forEach(name -> summary.put(name, 0));
            fields.put("summary", summary);
            fields.put("errors", List.of(problem.getMessage()));
        }
        fields.putAll(problem.details());
        return json.text(fields);
    }
}
