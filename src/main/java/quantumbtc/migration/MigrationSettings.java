package quantumbtc.migration;

import java.time.Duration;
import java.util.List;

/**
 * What an operator decides about the migration.
 *
 * @param sourceTable    legacy table, optionally with its schema
 * @param symbols        words of Bitcoin, upper case, without surrounding white space
 * @param chunkRows      legacy rows a chunk holds
 * @param workers        chunks copied side by side
 * @param maxTextBytes   longest text that is carried over, UTF-8 bytes
 * @param indexes        when the secondary indexes of btc_trades are kept up
 * @param lease          how long a worker may be silent before its chunk is taken from it
 * @param throttleFactor allowed latency of a small commit as a multiple of the idle one; 0: never throttled
 * @param rowsPerSecond  upper bound of all workers together; 0: none
 * @param stall          time without progress after which a stall is reported
 */
public record MigrationSettings(String sourceTable, List<String> symbols, int chunkRows, int workers, int maxTextBytes,
                                Indexes indexes, Duration lease, double throttleFactor, int rowsPerSecond, Duration stall) {

    /** When the secondary indexes of btc_trades are kept up. */
    public enum Indexes {
        /** After the load when btc_trades starts empty, else row by row. */
        AUTO,
        /** Row by row. */
        KEEP,
        /** After the load; btc_trades must be empty. */
        AFTER_LOAD
    }
}
