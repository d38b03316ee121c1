package quantumbtc.signal;

/**
 * What the simulated paths did with one candidate trade.
 *
 * @param hit      part of the paths that reached the first target before the stop within the timeframe
 * @param notHit   part that reached the stop first
 * @param expired  part that reached neither
 * @param expected mean result after costs, USD for a stake of $1,000
 */
record Odds(double hit, double notHit, double expired, double expected) {
}
