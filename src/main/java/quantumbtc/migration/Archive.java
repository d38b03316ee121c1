package quantumbtc.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;

/**
 * Keeps a full copy of the legacy table, all rows and columns, for the time after ATGE. The copy is the table
 * {@code atge_trade_signals_archive} of schema quantum_ops, because schema public holds exactly six tables of ours.
 * The legacy table itself stays as and where it is: code that still runs may need it.
 */
public final class Archive {

    private static final Logger log = LoggerFactory.getLogger(Archive.class);
    private static final String STEP = "archive";

    private final Database database;
    private final Schema schema;
    private final LockRetry locks;
    private final Clock clock;
    private final String sourceTable;
    private final int chunkRows;
    private final MigrationLog audit;

    /**
     * @param sourceTable the legacy table's name as the settings give it
     * @param chunkRows   rows copied in one transaction
     */
    public Archive(Database database, LockRetry locks, Clock clock, String sourceTable, int chunkRows) {
        this.database = database;
        this.schema = new Schema(database, locks);
        this.locks = locks;
        this.clock = clock;
        this.sourceTable = sourceTable;
        this.chunkRows = chunkRows;
        this.audit = new MigrationLog(database, clock);
    }

    /**
     * Copies in key ranges, each in a short transaction; a repeat writes only what differs, so after an interruption it
     * goes on where that one stopped.
     *
     * @return not ok when the legacy table was written to meanwhile; a repeat then brings the rest
     * @throws Refused when there is no legacy table, the schema quantum_ops is not there yet, or a column has got another type
     */
    public ArchiveReport run() {
        Instant startedAt = clock.instant();
        if (!schema.exists()) {
            throw new Refused("the archive table belongs to schema quantum_ops, which is not in this database yet: start the "
                    + "migration first, or use backup. Nothing was changed.");
        }
        audit.write(null, STEP, "STARTED", null, startedAt);
        try {
            ArchiveReport report = copied(startedAt);
            audit.write(null, STEP, report.ok() ? "EQUAL" : "DIFFERS", report.ok() ? null : report.message(), startedAt, null, null, details(report));
            return report;
        } catch (RuntimeException e) {
            recordFailure(startedAt, e);
            throw e;
        }
    }

    /** Numbers and hashes only, so nothing needs to be escaped. */
    private static String details(ArchiveReport report) {
        return String.format(java.util.Locale.ROOT, "{\"sourceRows\": %d, \"archiveRows\": %d, \"sourceHash\": \"%s\", \"archiveHash\": \"%s\", "
                + "\"written\": %d, \"removed\": %d}", report.sourceRows(), report.archiveRows(), report.sourceHash(), report.archiveHash(),
                report.written(), report.removed());
    }

    /** Never fails itself: what went wrong before is what the user has to hear. */
    private void recordFailure(Instant startedAt, RuntimeException failure) {
        try {
            audit.write(null, STEP, "FAILED", String.valueOf(failure.getMessage()), startedAt);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private ArchiveReport copied(Instant startedAt) {
        LegacyTable legacy = database.jdbi().withHandle(handle -> LegacyTable.find(handle, sourceTable));
        ArchiveTable table = new ArchiveTable(legacy);
        locks.run("archive table", "It is as it was.", () -> {
            database.jdbi().useTransaction(handle -> {
                locks.limit(handle);
                table.prepare(handle);
            });
            return null;
        });
        long written = 0;
        long removed = 0;
        Optional<UUID> after = Optional.empty();
        boolean more = true;
        while (more) {
            Optional<UUID> from = after;
            Optional<UUID> upTo = database.jdbi().withHandle(handle -> table.endOfChunk(handle, from, chunkRows));
            long[] counts = database.jdbi().inTransaction(handle -> table.copyChunk(handle, from, upTo));
            written += counts[0];
            removed += counts[1];
            after = upTo;
            more = upTo.isPresent();
            log.debug("archive: {} rows written, {} removed, up to id {}", written, removed, upTo.map(UUID::toString).orElse("(end)"));
        }
        return compared(table, startedAt, written, removed);
    }

    private ArchiveReport compared(ArchiveTable table, Instant startedAt, long written, long removed) {
        Map<String, Object> sums = database.jdbi().inTransaction(table::sums);
        long sourceRows = (Long) sums.get("source_rows");
        long archiveRows = (Long) sums.get("archive_rows");
        String sourceHash = sums.get("source_hash").toString();
        String archiveHash = sums.get("archive_hash").toString();
        boolean ok = sourceRows == archiveRows && sourceHash.equals(archiveHash);
        List<UUID> differing = ok ? List.of() : database.jdbi().inTransaction(table::differing);
        String message = ok
                ? archiveRows + " rows are archived and equal to the legacy table."
                : "The archive differs from the legacy table, first in " + differing + ": it was written to meanwhile. Repeat the archive.";
        return new ArchiveReport(table.source(), ArchiveTable.NAME, ok, sourceRows, archiveRows, sourceHash, archiveHash,
                written, removed, Duration.between(startedAt, clock.instant()).toMillis(), message);
    }
}
