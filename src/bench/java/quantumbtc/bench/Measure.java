package quantumbtc.bench;

/**
 * What one run took.
 *
 * @param seconds       from ready to all committed
 * @param cpuSeconds    processor time of the JVM in these seconds
 * @param serverSeconds processor time of the server from start to end, the proof included; null where the system does not tell
 * @param verifySeconds the proof afterwards; null when there was none
 * @param peakHeapMb    most heap in use, an upper bound
 * @param peakRssMb     most resident memory of the process; null where the system does not tell
 */
record Measure(double seconds, double cpuSeconds, Double serverSeconds, Double verifySeconds, long peakHeapMb, Long peakRssMb) {

    Measure withServer(Double used) {
        return new Measure(seconds, cpuSeconds, used, verifySeconds, peakHeapMb, peakRssMb);
    }
}
