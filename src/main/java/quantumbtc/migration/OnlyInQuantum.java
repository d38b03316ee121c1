package quantumbtc.migration;

/**
 * What would be in no table any more once ours are gone.
 *
 * @param generated trades made by Quantum
 * @param judged    migrated trades whose outcome Quantum wrote
 */
record OnlyInQuantum(long generated, long judged) {
}
