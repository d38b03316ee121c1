package quantumbtc.migration;

import java.util.List;

/**
 * What a rollback did.
 *
 * @param outcome         what became of the database
 * @param archive         the file that holds all that was dropped, absolute; null when there was nothing to do
 * @param sha256          of the archive; null when there was nothing to do
 * @param dropped         the dropped tables with their rows; never null
 * @param generatedTrades trades made by Quantum, which the legacy table does not have; they are in the archive only
 * @param judgedTrades    migrated trades that Quantum judged; the legacy table has their status from before
 * @param carriedTrades   trades made by Quantum that were written to the legacy table now
 * @param carriedStatuses statuses given by Quantum that were written to the legacy table now
 * @param tookMs          milliseconds
 * @param notes           for the operator, in sentences; never null
 */
public record RollbackReport(Outcome outcome, String archive, String sha256, List<TableRows> dropped,
                             long generatedTrades, long judgedTrades, long carriedTrades, long carriedStatuses, long tookMs, List<String> notes) {

    public enum Outcome { ROLLED_BACK, NOTHING_TO_DO }

    static RollbackReport nothingToDo() {
        return new RollbackReport(Outcome.NOTHING_TO_DO, null, null, List.of(), 0, 0, 0, 0, 0,
                List.of("There is nothing to do: the migration's schema quantum_ops is not in this database."));
    }
}
