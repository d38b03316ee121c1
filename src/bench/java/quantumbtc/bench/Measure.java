package quantumbtc.bench;

/**
 * What one run took.
 *
 * @param seconds       from ready to all committed
 * @param verifySeconds the proof afterwards; null when there was none
 * @param peakHeapMb    most heap in use, an upper bound
 * @param peakRssMb     most resident memory of the process; null where the system does not tell
 */
record Measure(double seconds, Double verifySeconds, long peakHeapMb, Long peakRssMb) {
}
