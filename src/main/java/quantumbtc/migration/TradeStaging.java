package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Legacy rows, mapped, on their way into btc_trades: a temporary table of the writing session that is empty at the end of
 * each transaction. It is made once a session, so that a transaction every 200 ms does not fill the catalogue.
 */
final class TradeStaging {

    static final String NAME = "quantum_staging";
    private static final String ASSIGNMENTS = Arrays.stream(TradeRows.ALL_COLUMNS.split(", ")).filter(column -> !column.equals("id"))
            .map(column -> column + " = s." + column).collect(Collectors.joining(", "));

    private final Handle writer;
    private final LegacyTable table;
    private final LegacyQueries queries;

    /** @param writer in the transaction that the rows are staged for */
    TradeStaging(Handle writer, LegacyTable table, List<String> symbols) {
        this.writer = writer;
        this.table = table;
        this.queries = new LegacyQueries(table, symbols);
        writer.execute("CREATE TEMPORARY TABLE IF NOT EXISTS " + NAME + " (LIKE public.btc_trades INCLUDING DEFAULTS) ON COMMIT DELETE ROWS");
        writer.execute("DELETE FROM " + NAME);
    }

    /**
     * Reads the rows as they are now.
     *
     * @param reader another session, which sees everything that was committed before this call
     * @param taken  ids that must not be written
     */
    CopyStream read(Connection reader, Collection<UUID> ids, Set<UUID> taken, int maxTextBytes, CopyStream.Pace pace)
            throws SQLException, InterruptedException {
        String chosen = " AND t." + queries.id() + " = ANY (" + array(ids) + ")";
        CopyStream stream = new CopyStream(maxTextBytes, pace);
        stream.stream(reader, queries.copy(KeyRange.EVERYTHING, chosen), writer.getConnection(), NAME, unknownUsers(reader, ids), taken);
        return stream;
    }

    private Set<UUID> unknownUsers(Connection reader, Collection<UUID> ids) {
        String user = "t." + table.quoted(LegacyColumn.USER_ID);
        return new HashSet<>(Jdbi.open(reader).createQuery("SELECT DISTINCT " + user + " FROM " + table.quoted() + " t WHERE t." + queries.id()
                        + " = ANY (:ids) AND " + user + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public.users u WHERE u.id = " + user + ")")
                .bindArray("ids", UUID.class, List.copyOf(ids)).mapTo(UUID.class).list());
    }

    /** Ids that are in btc_trades without being migrated: generated here, or left by something else. */
    Set<UUID> takenByOthers(Collection<UUID> ids) {
        return new HashSet<>(writer.createQuery("SELECT trade_id FROM quantum_ops.generated_trades WHERE trade_id = ANY (:ids) UNION "
                        + "SELECT q.legacy_id FROM quantum_ops.migration_quarantine q JOIN public.btc_trades b ON b.id = q.legacy_id "
                        + "WHERE q.reason = 'ID_TAKEN' AND q.legacy_id = ANY (:ids)")
                .bindArray("ids", UUID.class, List.copyOf(ids)).mapTo(UUID.class).list());
    }

    /** Writes every staged row, whatever btc_trades has. How many are new there. */
    int mergeAll() {
        writer.execute("UPDATE public.btc_trades t SET " + ASSIGNMENTS + " FROM " + NAME + " s WHERE t.id = s.id");
        int inserted = insert("");
        leaveQuarantine();
        return inserted;
    }

    /** Inserts the staged rows that btc_trades lacks, in the order of their ids. */
    int insert(String condition, UUID... ids) {
        org.jdbi.v3.core.statement.Update insert = writer.createUpdate("INSERT INTO public.btc_trades (" + TradeRows.ALL_COLUMNS + ") SELECT "
                + TradeRows.ALL_COLUMNS + " FROM " + NAME + " s WHERE NOT EXISTS (SELECT 1 FROM public.btc_trades t WHERE t.id = s.id)"
                + condition + " ORDER BY id ON CONFLICT (id) DO NOTHING");
        return (condition.isEmpty() ? insert : insert.bindArray("ids", UUID.class, (Object[]) ids)).execute();
    }

    /**
     * Changes trades to their staged rows, as long as their status is still the one that was looked at.
     *
     * @param statuses one an id
     */
    int update(List<UUID> ids, List<String> statuses) {
        return writer.createUpdate("UPDATE public.btc_trades t SET " + ASSIGNMENTS + " FROM " + NAME + " s JOIN unnest(:ids::uuid[], :statuses::text[]) "
                        + "AS seen (id, status) ON seen.id = s.id WHERE t.id = s.id AND t.status = seen.status")
                .bindArray("ids", UUID.class, ids).bindArray("statuses", String.class, statuses).execute();
    }

    private void leaveQuarantine() {
        writer.execute("DELETE FROM quantum_ops.migration_quarantine q USING " + NAME + " s WHERE q.legacy_id = s.id");
    }

    static String array(Collection<UUID> ids) {
        return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "ARRAY[", "]::uuid[]"));
    }
}
