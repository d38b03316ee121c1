package quantumbtc.migration;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What the verification says about quarantine.
 *
 * @param open  rows that nobody accepted
 * @param notes what an operator can do about them
 */
record QuarantineState(long open, List<String> notes) {

    /** Each quarantined row is judged anew by the rules; the legacy row may have been mended since, or deleted. */
    static QuarantineState read(Handle handle, LegacyTable legacy, MigrationSettings settings) {
        String rule = new MappingRules(legacy, settings.maxTextBytes(), true, true).firstBroken();
        String id = "l." + legacy.quoted(LegacyColumn.ID);
        return handle.createQuery("SELECT count(*) FILTER (WHERE state = 'OPEN') AS open, "
                        + "count(*) FILTER (WHERE NOT there) AS gone, "
                        + "count(*) FILTER (WHERE there AND rule IS NULL) AS mappable, "
                        + "count(*) FILTER (WHERE there AND split_part(rule, ' ', 1) <> reason) AS other_reason, "
                        + "count(*) FILTER (WHERE in_trades AND reason <> 'ID_TAKEN') AS kept "
                        + "FROM (SELECT q.state, q.reason, coalesce(" + id + " IS NOT NULL AND " + legacy.isBitcoin("l.") + ", false) AS there, "
                        + "EXISTS (SELECT FROM public.btc_trades t WHERE t.id = q.legacy_id) AS in_trades, "
                        + rule + " AS rule FROM quantum_ops.migration_quarantine q LEFT JOIN " + legacy.quoted() + " l ON "
                        + id + " = q.legacy_id OFFSET 0) judged")
                .bindArray("symbols", String.class, settings.symbols())
                .map((row, context) -> new QuarantineState(row.getLong("open"), notes(row.getLong("open"),
                        row.getLong("gone"), row.getLong("mappable"), row.getLong("other_reason"), row.getLong("kept"))))
                .one();
    }

    private static List<String> notes(long open, long gone, long mappable, long otherReason, long kept) {
        List<String> notes = new ArrayList<>();
        if (open > 0) {
            notes.add(open + " rows in quarantine are neither accepted nor migrated; retry or accept them");
        }
        if (mappable > 0) {
            notes.add(mappable + " rows in quarantine break no rule any more; retry them");
        }
        if (otherReason > 0) {
            notes.add(otherReason + " rows in quarantine break another rule now than the one noted; retry them to see it");
        }
        if (kept > 0) {
            notes.add(kept + " rows in quarantine broke a rule after they were copied; btc_trades keeps them as they were");
        }
        if (gone > 0) {
            notes.add(gone + " rows in quarantine are no longer Bitcoin rows of the legacy table");
        }
        return notes;
    }
}
