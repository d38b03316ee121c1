package quantumbtc.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/**
 * Writes to the legacy table what only Quantum has: trades that it made, as whole rows, and the status of trades that it
 * judged. In the caller's transaction, which is marked as ours. A value that Quantum does not have is never invented: the
 * trade stays out, with the reason.
 */
final class Carry {

    private static final String LOCKED = "the legacy row is locked by a writer";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String GONE = "its legacy row is gone";

    private final Handle handle;
    private final LegacyTable table;
    private final int patienceSeconds;

    /** @param patienceSeconds how long a trade that could not be written is left alone */
    Carry(Handle handle, LegacyTable table, int patienceSeconds) {
        this.handle = handle;
        this.table = table;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * How many trades were looked at and how many of them written.
     *
     * @param generated whole rows
     * @param judged    statuses
     */
    record Carried(int looked, int generated, int judged) {

        Carried plus(Carried other) {
            return new Carried(looked + other.looked, generated + other.generated, judged + other.judged);
        }
    }

    /**
     * The next ones. Each that is looked at is written, told as failed, becomes a conflict because its legacy row is in
     * quarantine, or is left alone until its legacy row's change is applied.
     */
    Carried some(int most) {
        List<UUID> made = list(Sql.of("migration/list-trades-to-carry"), most);
        int generated = made.isEmpty() ? 0 : each(made, missingColumns(), this::insert);
        List<UUID> judged = list(named("migration/list-outcomes-to-carry"), most);
        List<UUID> unchanged = without(judged, among("quantum_ops.change_queue", judged));
        Set<UUID> unread = among("quantum_ops.migration_quarantine", unchanged);
        // The trade that was judged is an older version than what ATGE has since written.
        Conflicts.note(handle, table, List.copyOf(unread), Collections.nCopies(unread.size(), Conflicts.UNMAPPABLE));
        int statuses = each(without(unchanged, unread), List.of(), this::update);
        tellLeft(GONE::equals);
        return new Carried(made.size() + judged.size(), generated, statuses);
    }

    /** Notes why statuses that were not written were not. */
    void tellLeft() {
        tellLeft(reason -> true);
    }

    private void tellLeft(Predicate<String> chosen) {
        Map<UUID, String> left = new LinkedHashMap<>();
        handle.createQuery(named("migration/list-outcomes-left"))
                .map((row, context) -> left.put(row.getObject("trade_id", UUID.class), row.getString("reason"))).list();
        left.forEach((id, reason) -> {
            if (chosen.test(reason)) {
                fail(id, reason);
            }
        });
    }

    private List<UUID> list(String sql, int most) {
        return handle.createQuery(sql).bind("most", most).bind("patience", patienceSeconds).mapTo(UUID.class).list();
    }

    private String named(String file) {
        return Sql.of(file).replace("${table}", table.quoted()).replace("${id}", table.quoted(LegacyColumn.ID));
    }

    /** Which of the rows stand in a table. They are locked, so a change that is not noted by now will wait for this transaction. */
    private Set<UUID> among(String ours, List<UUID> locked) {
        if (locked.isEmpty()) {
            return Set.of();
        }
        return handle.createQuery("SELECT legacy_id FROM " + ours + " WHERE legacy_id = ANY (:ids)")
                .bindArray("ids", UUID.class, locked).mapTo(UUID.class).set();
    }

    private static List<UUID> without(List<UUID> ids, Set<UUID> some) {
        return ids.stream().filter(id -> !some.contains(id)).toList();
    }

    private List<String> missingColumns() {
        Map<String, String> carried = CompatColumns.carried(table);
        return required(false).stream().filter(name -> !carried.containsKey(name)).toList();
    }

    private List<String> required(boolean refuses) {
        return handle.createQuery(Sql.of("migration/find-required-columns")).bind("table", table.quoted())
                .map((row, context) -> row.getBoolean("refuses") == refuses ? row.getString("name") : "").list()
                .stream().filter(name -> !name.isEmpty()).toList();
    }

    /** All at once; when the legacy table refuses one, one by one. */
    private int each(List<UUID> ids, List<String> missing, ToIntFunction<List<UUID>> write) {
        if (ids.isEmpty()) {
            return 0;
        }
        if (!missing.isEmpty()) {
            ids.forEach(id -> fail(id, "the legacy table needs a value in " + String.join(", ", missing) + ", and Quantum has none"));
            return 0;
        }
        try {
            return within(() -> write.applyAsInt(ids));
        } catch (RuntimeException all) {
            if (LOCK_NOT_AVAILABLE.equals(Sql.state(all)) && patienceSeconds != Integer.MAX_VALUE) {
                // A lock says nothing about a trade, and each that waited for it would hold up the sync.
                throw new SyncBusy("the legacy table is locked by a writer");
            }
            int written = 0;
            for (UUID id : ids) {
                try {
                    written += within(() -> write.applyAsInt(List.of(id)));
                } catch (RuntimeException one) {
                    fail(id, LOCK_NOT_AVAILABLE.equals(Sql.state(one)) ? LOCKED : Sql.firstLine(one.getCause() == null ? one : one.getCause()));
                }
            }
            return written;
        }
    }

    private int within(java.util.function.IntSupplier work) {
        handle.savepoint("carry");
        try {
            int written = work.getAsInt();
            handle.releaseSavepoint("carry");
            return written;
        } catch (RuntimeException e) {
            handle.rollbackToSavepoint("carry");
            throw e;
        }
    }

    private void fail(UUID id, String reason) {
        handle.createUpdate(Sql.of("migration/note-carry-failure")).bind("id", id).bind("reason", reason).execute();
    }

    private int insert(List<UUID> ids) {
        Map<String, String> columns = new LinkedHashMap<>(CompatColumns.carried(table));
        required(true).forEach(columns.keySet()::remove);
        int written = handle.createUpdate("INSERT INTO " + table.quoted() + " (" + columns.keySet().stream().map(LegacyTable::quote).collect(Collectors.joining(", "))
                        + ") SELECT " + String.join(", ", columns.values()) + " FROM public.btc_trades q WHERE q.id = ANY (:ids) ORDER BY q.id")
                .bindArray("ids", UUID.class, ids).execute();
        done("generated_trades", ids);
        doneAsWritten(ids);
        return written;
    }

    /** Only what the legacy row says: a trade that was judged after its row had been written is carried once more. */
    private void doneAsWritten(List<UUID> ids) {
        handle.createUpdate("UPDATE quantum_ops.trade_outcomes o SET carried_at = clock_timestamp() FROM public.btc_trades q, " + table.quoted()
                        + " l WHERE o.trade_id = ANY (:ids) AND q.id = o.trade_id AND q.status = o.status AND l." + table.quoted(LegacyColumn.ID)
                        + " = q.id AND l." + table.quoted(LegacyColumn.STATUS) + " IS NOT DISTINCT FROM " + CompatColumns.status(table))
                .bindArray("ids", UUID.class, ids).execute();
        forgetFailures(handle, ids);
    }

    private int update(List<UUID> ids) {
        handle.createUpdate("UPDATE quantum_ops.trade_outcomes o SET atge_status = l." + table.quoted(LegacyColumn.STATUS) + "::text FROM " + table.quoted()
                        + " l WHERE l." + table.quoted(LegacyColumn.ID) + " = o.trade_id AND o.trade_id = ANY (:ids) AND o.atge_status IS NULL")
                .bindArray("ids", UUID.class, ids).execute();
        int written = handle.createUpdate("UPDATE " + table.quoted() + " l SET " + table.quoted(LegacyColumn.STATUS) + " = " + CompatColumns.status(table)
                        + ", " + table.quoted(LegacyColumn.UPDATED_AT) + " = " + CompatColumns.now(table)
                        + " FROM public.btc_trades q WHERE l." + table.quoted(LegacyColumn.ID) + " = q.id AND q.id = ANY (:ids) AND l."
                        + table.quoted(LegacyColumn.STATUS) + " IS DISTINCT FROM " + CompatColumns.status(table))
                .bindArray("ids", UUID.class, ids).execute();
        done("trade_outcomes", ids);
        return written;
    }

    private void done(String ours, List<UUID> ids) {
        handle.createUpdate("UPDATE quantum_ops." + ours + " SET carried_at = clock_timestamp() WHERE trade_id = ANY (:ids)")
                .bindArray("ids", UUID.class, ids).execute();
        forgetFailures(handle, ids);
    }

    /** What was carried, or is a conflict's to tell, has not failed any more. */
    static void forgetFailures(Handle handle, List<UUID> ids) {
        handle.createUpdate("DELETE FROM quantum_ops.carry_failures WHERE trade_id = ANY (:ids)").bindArray("ids", UUID.class, ids).execute();
    }

    /** Makes the legacy row, which the caller holds, say what Quantum says; inserts it when it is gone. */
    void keepQuantum(UUID id) {
        Map<String, String> columns = CompatColumns.rewritten(table);
        String key = table.quoted(LegacyColumn.ID);
        int changed = handle.createUpdate("UPDATE " + table.quoted() + " target SET " + columns.entrySet().stream()
                        .map(column -> LegacyTable.quote(column.getKey()) + " = " + column.getValue()).collect(Collectors.joining(", "))
                        + " FROM public.btc_trades q, " + table.quoted() + " l WHERE target." + key + " = q.id AND l." + key + " = q.id AND q.id = :id")
                .bind("id", id).execute();
        if (changed == 0) {
            insert(new ArrayList<>(List.of(id)));
        }
        doneAsWritten(List.of(id));
        // The legacy table's own trigger may have set another time of change; the trade follows it.
        handle.createUpdate("UPDATE public.btc_trades q SET updated_at = l." + table.read(LegacyColumn.UPDATED_AT) + " FROM " + table.quoted()
                + " l WHERE q.id = :id AND l." + key + " = q.id").bind("id", id).execute();
    }
}
