package quantumbtc.migration;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * How far a run is.
 *
 * @param state           RUNNING, COMPLETED, CANCELLED or FAILED
 * @param wanted          what the operator last asked of it: RUN, PAUSE or CANCEL
 * @param step            what is being done
 * @param alive           true while its process beats
 * @param candidateRows   Bitcoin rows of the legacy table, counted when the chunks were planned, and those that came since
 * @param rowsDone        rows read so far, chunks under way included
 * @param rowsMigrated    rows in btc_trades whose chunk is committed
 * @param rowsQuarantined rows in quarantine now
 * @param quarantineOpen  those of them that nobody has accepted
 * @param rowsPerSecond   over the last seconds; null before it is known
 * @param etaSeconds      null when the rate is not known, or nothing is left
 * @param throttleReason  why the copy is slower than it could be; null when it is not
 * @param throttleFactor  allowed commit latency as a multiple of the idle one; null: never throttled
 * @param rowLimit        upper bound in rows a second; null: none
 * @param stalledSeconds  seconds without progress while running and not paused; null while it moves
 * @param failure         null unless FAILED
 * @param finishedAt      null while it runs
 */
public record MigrationStatus(UUID runId, String sourceTable, String state, String wanted, String step, boolean alive,
                              String host, long pid, int workers, int chunks, int chunksDone,
                              long candidateRows, long rowsDone, long rowsMigrated, long rowsQuarantined, long quarantineOpen,
                              BigDecimal rowsPerSecond, Long etaSeconds, String throttleReason, BigDecimal throttleFactor,
                              Integer rowLimit, Long stalledSeconds, boolean deferredIndexes, String failure,
                              Instant startedAt, Instant finishedAt) {

    static MigrationStatus of(ResultSet row, Duration stall) throws SQLException {
        boolean running = row.getString("state").equals("RUNNING");
        // The count that the process tells is a heartbeat old; chunks that were committed since are known.
        long done = Math.max(row.getLong("rows_done"), row.getLong("rows_migrated") + row.getLong("rows_quarantined"));
        long planned = row.getLong("candidates");
        long candidates = planned == 0 ? 0 : Math.max(planned, done);
        BigDecimal rate = running ? row.getBigDecimal("rate") : null;
        boolean moving = rate != null && rate.signum() > 0;
        long quiet = Duration.between(Queries.instant(row, "progressed_at"), Queries.instant(row, "read_at")).toSeconds();
        boolean stalled = running && row.getString("wanted").equals("RUN") && quiet >= stall.toSeconds();
        return new MigrationStatus(row.getObject("run_id", UUID.class), row.getString("source_table"), row.getString("state"),
                row.getString("wanted"), row.getString("step"), running && row.getBoolean("alive"),
                row.getString("host"), row.getLong("pid"), row.getInt("workers"), row.getInt("chunks"), row.getInt("chunks_done"),
                candidates, done, row.getLong("rows_migrated"), row.getLong("quarantine_rows"), row.getLong("quarantine_open"),
                rate, moving && candidates > done ? (long) ((candidates - done) / rate.doubleValue()) : null,
                row.getString("throttle_reason"), row.getBigDecimal("throttle_factor"), row.getObject("rows_per_second", Integer.class),
                stalled ? quiet : null, row.getBoolean("deferred_indexes"), row.getString("failure"),
                Queries.instant(row, "started_at"), Queries.instant(row, "finished_at"));
    }
}
