package quantumbtc.signal;

/**
 * One timeframe that the signal could have taken.
 *
 * @param confidence calibrated probability that the first target comes before the stop within the timeframe, 0 to 1
 */
record Candidate(Levels levels, Odds odds, double confidence) {
}
