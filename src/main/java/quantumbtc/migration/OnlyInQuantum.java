package quantumbtc.migration;

/**
 * What would be in no table any more once ours are gone.
 *
 * @param generated trades made by Quantum
 * @param judged    other trades whose outcome Quantum wrote
 * @param conflicts trades whose two versions nobody has decided on
 * @param reasons   why the legacy table did not take them, each with its number of trades; never null
 */
record OnlyInQuantum(long generated, long judged, long conflicts, java.util.List<String> reasons) {
}
