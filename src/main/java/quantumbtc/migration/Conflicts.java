package quantumbtc.migration;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/** Trades that ATGE changed though Quantum owns them: both versions are kept until a person decides. */
public final class Conflicts {

    static final String CHANGED = "CHANGED";
    static final String DELETED = "DELETED";
    static final String UNMAPPABLE = "UNMAPPABLE";

    private final Database database;
    private final MigrationSettings settings;

    public Conflicts(Database database, MigrationSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * A trade with two versions.
     *
     * @param kind       CHANGED, DELETED or UNMAPPABLE: what ATGE did
     * @param atge       the legacy row as JSON text; null when it was deleted
     * @param quantum    the trade as JSON text
     * @param outcome    what Quantum had judged, as JSON text; null when it had not
     * @param history    earlier versions of the legacy row, oldest first, as JSON text
     * @param state      OPEN or RESOLVED
     * @param resolution quantum, atge or same; null while open, as are resolvedBy and resolvedAt
     */
    public record Row(long id, UUID tradeId, UUID userId, String kind, String atge, String quantum, String outcome, String history,
                      String state, String resolution, Instant foundAt, String resolvedBy, Instant resolvedAt) {
    }

    /** One page, newest first. */
    public record Page(long open, List<Row> rows) {
    }

    /** @param query all (true: resolved ones, too), limit (1 to 1,000, default 100), before (last id seen) */
    public Page list(Map<String, Object> query) {
        boolean all = Boolean.parseBoolean(Queries.text(query, "all"));
        return database.jdbi().withHandle(handle -> new Page(
                handle.createQuery("SELECT count(*) FROM quantum_ops.sync_conflicts WHERE state = 'OPEN'").mapTo(Long.class).one(),
                handle.createQuery(Sql.of("migration/list-conflicts")).bind("all", all)
                        .bind("before", Queries.number(query, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE))
                        .bind("limit", Queries.number(query, "limit", 100, 1, 1_000))
                        .map((row, context) -> read(row)).list()));
    }

    private static Row read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(row.getLong("id"), row.getObject("trade_id", UUID.class), row.getObject("user_id", UUID.class), row.getString("kind"),
                row.getString("atge"), row.getString("quantum"), row.getString("outcome"), row.getString("history"), row.getString("state"),
                row.getString("resolution"), Queries.instant(row, "found_at"), row.getString("resolved_by"), Queries.instant(row, "resolved_at"));
    }

    /**
     * Decides a conflict: one version is written to both tables, both are kept in the record.
     *
     * @param query id, keep (quantum or atge), by
     * @throws Refused when it is not open, or the legacy row cannot be mapped
     */
    public Row resolve(Map<String, Object> query) {
        long id = Queries.number(query, "id", 0, 1, Long.MAX_VALUE);
        String keep = String.valueOf(Queries.text(query, "keep")).toLowerCase(Locale.ROOT);
        if (!Set.of("quantum", "atge").contains(keep)) {
            throw new IllegalArgumentException("keep must be quantum or atge");
        }
        String by = Queries.text(query, "by") == null ? System.getProperty("user.name") : Queries.text(query, "by");
        try (Connection reader = database.dataSource().getConnection()) {
            return database.jdbi().<Row, Exception>inTransaction(handle -> {
                SyncControl.hold(handle);
                UUID trade = handle.createQuery("SELECT trade_id FROM quantum_ops.sync_conflicts WHERE id = ? AND state = 'OPEN' FOR UPDATE")
                        .bind(0, id).mapTo(UUID.class).findOne()
                        .orElseThrow(() -> new Refused("conflict " + id + " is not there, or is resolved. Nothing was changed."));
                LegacyTable table = LegacyTable.find(handle, settings.sourceTable());
                refuseWhileChanging(handle, table, trade);
                handle.createUpdate(Sql.of("migration/keep-quantum-version")).bind("id", id).execute();
                if (keep.equals("quantum")) {
                    new Carry(handle, table, 0).keepQuantum(trade);
                } else {
                    keepAtge(handle, reader, table, trade);
                }
                handle.execute("DELETE FROM quantum_ops.migration_quarantine WHERE legacy_id = ?", trade);
                handle.createUpdate("UPDATE quantum_ops.sync_conflicts SET state = 'RESOLVED', resolution = :keep, resolved_by = :by, "
                        + "resolved_at = clock_timestamp() WHERE id = :id").bind("keep", keep).bind("by", by).bind("id", id).execute();
                return handle.createQuery("SELECT * FROM quantum_ops.sync_conflicts WHERE id = ?").bind(0, id).map((row, context) -> read(row)).one();
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("conflict " + id + " could not be resolved and is as it was: " + e.getMessage(), e);
        }
    }

    /** What is decided on must be what is there: from here on a legacy writer waits, and none has written unseen. */
    private static void refuseWhileChanging(Handle handle, LegacyTable table, UUID trade) {
        String id = table.quoted(LegacyColumn.ID);
        handle.createQuery("SELECT " + id + " FROM " + table.quoted() + " WHERE " + id + " = :id FOR NO KEY UPDATE").bind("id", trade)
                .mapTo(UUID.class).findOne();
        boolean unseen = handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.change_queue WHERE legacy_id = ? OR legacy_id IS NULL)")
                .bind(0, trade).mapTo(Boolean.class).one();
        if (unseen) {
            throw new Refused("ATGE has changed trade " + trade + " once more, and the conflict does not show it yet; "
                    + "look at it again as soon as the change is applied. Nothing was changed.");
        }
    }

    private void keepAtge(Handle handle, Connection reader, LegacyTable table, UUID trade) throws Exception {
        TradeStaging staging = new TradeStaging(handle, table, settings.symbols());
        CopyStream stream = staging.read(reader, List.of(trade), Set.of(), settings.maxTextBytes(), CopyStream.Pace.UNHURRIED);
        if (!stream.rejected().isEmpty()) {
            throw new Refused("ATGE's version of trade " + trade + " cannot be mapped: " + stream.rejected().get(0).detail()
                    + ". Repair the legacy row, or keep quantum. Nothing was changed.");
        }
        // The record has the outcome; the judge begins anew with ATGE's levels.
        if (stream.copied() == 0) {
            handle.createUpdate(Sql.of("migration/delete-trades")).bindArray("ids", UUID.class, trade).execute();
        } else {
            handle.execute("DELETE FROM quantum_ops.trade_outcomes WHERE trade_id = ?", trade);
            handle.execute("DELETE FROM quantum_ops.open_trades WHERE trade_id = ?", trade);
            handle.execute("UPDATE public.btc_trades SET last_validated_at = NULL WHERE id = ? AND last_validated_at IS NOT NULL", trade);
            staging.mergeAll();
        }
    }

    static void note(Handle handle, LegacyTable table, List<UUID> ids, List<String> kinds) {
        if (!ids.isEmpty()) {
            handle.createUpdate(Sql.of("migration/note-conflicts").replace("${table}", table.quoted())
                            .replace("${id}", table.quoted(LegacyColumn.ID)))
                    .bindArray("ids", UUID.class, ids).bindArray("kinds", String.class, kinds).execute();
            Carry.forgetFailures(handle, ids);
        }
    }

    /** Both sides say the same again. */
    static void settle(Handle handle, List<UUID> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("UPDATE quantum_ops.sync_conflicts SET state = 'RESOLVED', resolution = 'same', resolved_by = 'sync', "
                            + "resolved_at = clock_timestamp() WHERE state = 'OPEN' AND trade_id = ANY (:ids)")
                    .bindArray("ids", UUID.class, ids).execute();
        }
    }
}
