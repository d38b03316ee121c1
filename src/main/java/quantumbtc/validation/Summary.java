package quantumbtc.validation;

/**
 * What a validation did, in the words of the API. Times and counts are of this run only.
 *
 * @param tradesValidated   open trades that were judged, whether or not something happened to them
 * @param tradesHit         trades that became HIT
 * @param tradesNotHit      trades that became NOT_HIT
 * @param tradesInvalidated trades that became INVALIDATED
 * @param tradesExpired     trades that became EXPIRED
 * @param anomaliesDetected rows written to quantum_anomaly_logs
 * @param executionTime     milliseconds
 */
public record Summary(long tradesValidated, long tradesHit, long tradesNotHit, long tradesInvalidated, long tradesExpired,
                      long anomaliesDetected, long executionTime) {
}
