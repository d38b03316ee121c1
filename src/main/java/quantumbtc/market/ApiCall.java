package quantumbtc.market;

import java.time.Instant;

/**
 * One HTTP request to a source; one row of {@code api_latency_reliability_logs}.
 *
 * @param endpoint   path and query, without a key
 * @param latencyMs  from sending to the whole body, or to giving up
 * @param status     null when no answer came
 * @param failure    null when a value was understood
 * @param retries    requests sent before this one for the same question
 * @param bodyBytes  size of the body; null when none came
 */
public record ApiCall(Source source, String endpoint, Instant calledAt, long latencyMs, Integer status,
                      SourceFailure failure, int retries, Integer bodyBytes) {
}
