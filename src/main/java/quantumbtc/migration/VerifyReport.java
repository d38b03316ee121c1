package quantumbtc.migration;

import java.util.List;
import java.util.UUID;

/**
 * What the verification found. Rows are counted in full; of the differences only the first are listed.
 *
 * @param verdict       never null
 * @param sourceTable   the legacy table
 * @param candidates    Bitcoin rows in the legacy table, those of Quantum that were carried back to it left out
 * @param migrated      rows of btc_trades that Quantum did not generate
 * @param quarantined   candidates that are in quarantine, accepted ones included
 * @param openQuarantine rows in quarantine that nobody accepted
 * @param generated     rows of btc_trades that Quantum generated
 * @param judged        migrated rows that Quantum judged; their status is compared with the outcome
 * @param conflicts     trades with two versions that nobody has decided on; they are not compared
 * @param missing       candidates that are neither in btc_trades nor in quarantine
 * @param extra         rows of btc_trades that come from neither the legacy table nor Quantum
 * @param different     rows with at least one column that is not what the mapping says
 * @param differences   the first of them, by id; one entry a column
 * @param checks        each one sentence, true or false
 * @param notes         what is no fault but should be known
 * @param segments      key ranges compared
 * @param milliseconds  how long it took
 */
public record VerifyReport(Verdict verdict, String sourceTable, long candidates, long migrated, long quarantined,
                           long openQuarantine, long generated, long judged, long conflicts, long missing, long extra, long different,
                           List<Difference> differences, List<Check> checks, List<String> notes, int segments, long milliseconds) {

    /** The whole answer in a word. */
    public enum Verdict {
        /** Every candidate is in btc_trades as the mapping says, or in quarantine and accepted; every check holds. */
        CLEAN,
        /** As CLEAN, but rows in quarantine still wait to be retried or accepted. */
        OPEN_QUARANTINE,
        /** As CLEAN or OPEN_QUARANTINE, but trades changed on both sides wait for a decision: sync conflicts. */
        OPEN_CONFLICTS,
        /** A row differs or a check fails. */
        DIFFERS
    }

    /** How a row differs. */
    public enum Kind { MISSING, EXTRA, DIFFERENT }

    /**
     * One column of one row.
     *
     * @param id       null only for a legacy row without an id
     * @param column   of btc_trades; null when the whole row is missing or extra
     * @param expected as text, long values shortened; null also stands for NULL
     * @param actual   likewise
     */
    public record Difference(UUID id, Kind kind, String column, String expected, String actual) {
    }

    /** One sentence that holds or does not. */
    public record Check(String sentence, boolean ok) {
    }

    /** True only when nothing differs, every check holds, and no quarantine and no conflict is open. */
    public boolean ok() {
        return verdict == Verdict.CLEAN;
    }
}
