package quantumbtc.bench;

import java.util.List;
import java.util.Locale;
import quantumbtc.cli.Table;
import quantumbtc.demo.LegacyData;

/**
 * What the migration benchmark found.
 *
 * @param legacy        what was migrated
 * @param server        its version and whether it waits for the disk
 * @param cpus          processors of the machine
 * @param ways          one a way, in the order they ran
 * @param sameTable     true when every run of every way wrote exactly the same btc_trades
 * @param writers       what live writers felt; empty when it was not asked for
 */
record MigrationReport(LegacyData.Written legacy, long seed, int repeats, int cpus, String server, String java, List<WayResult> ways,
                       boolean sameTable, List<WriterResult> writers) {

    /**
     * @param rows          rows in btc_trades afterwards
     * @param rowsPerSecond by the median
     * @param timesA        how often faster than the one statement; null when that did not run
     * @param timesD        how often faster than Spring Batch; null when that did not run
     * @param jvmCpuSeconds processor time of the Java process; serverCpuSeconds that of PostgreSQL, the proof included
     * @param verifySeconds null when the way has no proof
     * @param peakHeapMb    the most of all runs
     */
    record WayResult(String way, String title, long rows, Spread seconds, double rowsPerSecond, Double timesA, Double timesD,
                     Double jvmCpuSeconds, Double serverCpuSeconds, Spread verifySeconds, Double verifyToA, long peakHeapMb, Long peakRssMb) {
    }

    String text() {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT,
                "%,d legacy rows, %,d Bitcoin, %d of them planted for quarantine; seed %d; PostgreSQL %s; Java %s; %d processors; heap %s%n%n",
                legacy.rows(), legacy.bitcoin(), legacy.plantedInAll(), seed, server, java, cpus, ChildJvm.HEAP));
        if (!ways.isEmpty()) {
            Table table = new Table("", "way", "seconds (min–max)", "rows/s", "× a", "× d", "JVM cpu s", "server cpu s", "verify s", "verify / a", "peak heap MB", "peak RSS MB");
            for (WayResult way : ways) {
                table.row(way.way, way.title, way.seconds.text(), String.format(Locale.ROOT, "%,.0f", way.rowsPerSecond),
                        twoDigits(way.timesA), twoDigits(way.timesD), oneDigit(way.jvmCpuSeconds), oneDigit(way.serverCpuSeconds), way.verifySeconds == null ? null : way.verifySeconds.text(),
                        twoDigits(way.verifyToA), way.peakHeapMb, way.peakRssMb);
            }
            out.append(table).append('\n').append(sameTable ? "All runs wrote the same table, every column of every row.\n"
                    : "THE RUNS DID NOT WRITE THE SAME TABLE.\n");
        }
        if (!writers.isEmpty()) {
            Table table = new Table("live writers", "writes", "p50 ms", "p99 ms", "max ms", "failed", "p99 × alone", "took s");
            for (WriterResult result : writers) {
                Latencies latencies = result.latencies();
                table.row(result.during(), latencies.writes(), latencies.p50Ms(), latencies.p99Ms(), latencies.maxMs(), latencies.failed(),
                        twoDigits(result.p99ToAlone()), result.seconds());
            }
            out.append('\n').append(table);
        }
        return out.toString();
    }

    private static String oneDigit(Double number) {
        return number == null ? null : String.format(Locale.ROOT, "%.1f", number);
    }

    private static String twoDigits(Double number) {
        return number == null ? null : String.format(Locale.ROOT, "%.2f", number);
    }
}
