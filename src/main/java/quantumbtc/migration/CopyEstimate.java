package quantumbtc.migration;

import quantumbtc.migration.PlanReport.Estimate;
import quantumbtc.migration.PlanReport.Rows;

/** How long the copy takes and how much room it needs, from measured rates. */
final class CopyEstimate {

    private static final long ROWS_PER_SECOND_AND_WORKER = 35_000;
    private static final long MEASURED_ROW_BYTES = 1_000;
    /** The note with the entry price, and the columns that ATGE's table does not have. */
    private static final long MORE_ROW_BYTES = 120;
    /** Six indexes, before they are compacted. */
    private static final long INDEX_ROW_BYTES = 250;

    private CopyEstimate() {
    }

    /**
     * @param tableBytes size of the legacy table
     * @param freeBytes  null when it is not known
     */
    static Estimate of(Rows rows, long tableBytes, int workers, Long freeBytes) {
        long toCopy = Math.max(0, rows.migratable() - rows.migrated());
        long rowBytes = rows.all() == 0 ? MEASURED_ROW_BYTES : tableBytes / rows.all();
        // Larger rows cost in proportion; smaller ones gain little, because indexes and keys are the work then.
        long rate = ROWS_PER_SECOND_AND_WORKER * workers * MEASURED_ROW_BYTES / Math.max(MEASURED_ROW_BYTES, rowBytes);
        long written = rowBytes + MORE_ROW_BYTES + INDEX_ROW_BYTES;
        return new Estimate(toCopy / Math.max(1, rate) + (toCopy > 0 ? 1 : 0), rate,
                ROWS_PER_SECOND_AND_WORKER + " rows a second and worker were measured on 2 cores with rows of " + MEASURED_ROW_BYTES
                        + " bytes; " + workers + " workers, rows of " + rowBytes + " bytes here",
                2 * toCopy * written, freeBytes);
    }
}
