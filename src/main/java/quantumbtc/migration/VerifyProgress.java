package quantumbtc.migration;

/**
 * How far a verification is.
 *
 * @param segmentsDone key ranges compared
 * @param segments     of so many
 * @param rows         rows of btc_trades compared
 */
public record VerifyProgress(int segmentsDone, int segments, long rows) {
}
