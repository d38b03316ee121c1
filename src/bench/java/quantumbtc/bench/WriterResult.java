package quantumbtc.bench;

/**
 * What live writers felt while something else went on.
 *
 * @param during     what went on
 * @param p99ToAlone their p99 as a multiple of the one without anything going on
 * @param seconds    how long it went on
 */
record WriterResult(String during, Latencies latencies, Double p99ToAlone, double seconds) {
}
