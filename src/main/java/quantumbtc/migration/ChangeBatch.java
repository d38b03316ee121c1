package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;
import quantumbtc.migration.Rejection.Reason;

/**
 * Applies some of the noted changes in the caller's transaction, which holds the sync's row. Not the change is applied
 * but the row as it is now: so the order within an id, and a change that is noted twice, do not matter.
 */
final class ChangeBatch {

    private static final String NO_RUN = "00000000-0000-0000-0000-000000000000";

    private final Handle handle;
    private final LegacyTable table;
    private final MigrationSettings settings;
    private final QuarantineWriter quarantine = new QuarantineWriter();

    ChangeBatch(Handle handle, LegacyTable table, MigrationSettings settings) {
        this.handle = handle;
        this.table = table;
        this.settings = settings;
    }

    private record Change(UUID id, boolean truncated, Instant notedAt) {
    }

    /** A changed row, the trade that it meets, and what is known of both. */
    private record Met(UUID id, boolean here, boolean mapped, String status, String mappedStatus, String judgedStatus,
                       boolean generated, boolean served, boolean inConflict, boolean same, boolean sameTime) {

        /** Quantum owns what it made, the trades of its users, and what it has judged otherwise, or ATGE has made unreadable since. */
        boolean isQuantums(boolean unmappable) {
            return here && (generated || served || inConflict
                    || judgedStatus != null && (unmappable || mapped && !judgedStatus.equals(mappedStatus)));
        }
    }

    /**
     * @param reader a session that sees whatever was committed before the changes were taken
     * @return how many changes were taken; 0 when none can be applied
     */
    int apply(Connection reader, int most) throws SQLException, InterruptedException {
        List<Change> changes = handle.createQuery(Sql.of("migration/take-changes")).bind("most", most)
                .map((row, context) -> new Change(row.getObject("legacy_id", UUID.class), "T".equals(row.getString("op")),
                        Queries.instant(row, "noted_at"))).list();
        if (changes.isEmpty()) {
            return 0;
        }
        if (changes.stream().anyMatch(Change::truncated)) {
            handle.createUpdate(Sql.of("migration/spread-truncate").replace("${table}", table.quoted())
                    .replace("${id}", table.quoted(LegacyColumn.ID))).execute();
        }
        Set<UUID> ids = new TreeSet<>();
        changes.stream().filter(change -> change.id() != null).forEach(change -> ids.add(change.id()));
        if (!ids.isEmpty()) {
            bring(reader, ids);
        }
        Instant until = changes.stream().map(Change::notedAt).max(Instant::compareTo).orElseThrow();
        handle.createUpdate("UPDATE quantum_ops.sync_control SET last_applied_at = clock_timestamp(), "
                + "applied_until = greatest(applied_until, :until) WHERE id = 1").bind("until", until).execute();
        return changes.size();
    }

    /**
     * The given rows, as if ATGE had changed each a moment ago.
     *
     * @return how many trades are new
     */
    int bring(Connection reader, Set<UUID> ids) throws SQLException, InterruptedException {
        TradeStaging staging = new TradeStaging(handle, table, settings.symbols());
        CopyStream stream = staging.read(reader, ids, Set.of(), settings.maxTextBytes(), CopyStream.Pace.UNHURRIED);
        Map<UUID, CopyStream.Rejected> rejected = new HashMap<>();
        stream.rejected().forEach(each -> rejected.put(each.id(), each));
        Set<UUID> taken = new HashSet<>(staging.takenByOthers(ids));
        List<Met> inserts = new ArrayList<>();
        List<Met> updates = new ArrayList<>();
        List<UUID> deletes = new ArrayList<>();
        List<UUID> settled = new ArrayList<>();
        List<UUID> whole = new ArrayList<>();
        List<UUID> conflicts = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<CopyStream.Rejected> bad = new ArrayList<>();
        for (Met met : meet(ids)) {
            boolean unmappable = rejected.containsKey(met.id());
            if (taken.contains(met.id()) && !met.generated()) {
                if (met.mapped() || unmappable) {
                    bad.add(new CopyStream.Rejected(met.id(), Reason.ID_TAKEN, "id " + met.id() + " is in btc_trades already"));
                } else {
                    whole.add(met.id());
                }
            } else if (met.isQuantums(unmappable)) {
                if (!unmappable) {
                    whole.add(met.id());
                }
                if (met.mapped() && met.same()) {
                    settled.add(met.id());
                } else {
                    conflicts.add(met.id());
                    kinds.add(met.mapped() ? Conflicts.CHANGED : unmappable ? Conflicts.UNMAPPABLE : Conflicts.DELETED);
                }
            } else if (unmappable) {
                bad.add(rejected.get(met.id()));
            } else {
                whole.add(met.id());
                if (!met.mapped()) {
                    deletes.add(met.id());
                } else if (!met.here()) {
                    inserts.add(met);
                } else if (!met.same() || !met.sameTime()) {
                    updates.add(met);
                }
            }
        }
        put(staging, inserts, updates, deletes);
        quarantine.write(handle, table, newestRun(), bad);
        leaveQuarantine(whole);
        Conflicts.note(handle, table, conflicts, kinds);
        Conflicts.settle(handle, settled);
        followTime(settled);
        return inserts.size();
    }

    private List<Met> meet(Set<UUID> ids) {
        return handle.createQuery(Sql.of("migration/classify-changes").replace("${table}", table.quoted()).replace("${id}", table.quoted(LegacyColumn.ID))
                        .replace("${status}", table.quoted(LegacyColumn.STATUS))).bindArray("ids", UUID.class, List.copyOf(ids))
                .map((row, context) -> new Met(row.getObject("id", UUID.class), row.getBoolean("here"), row.getBoolean("mapped"),
                        row.getString("status"), row.getString("mapped_status"), row.getString("judged_status"), row.getBoolean("generated"),
                        row.getBoolean("served"), row.getBoolean("in_conflict"), row.getBoolean("same"), row.getBoolean("same_time"))).list();
    }

    private void put(TradeStaging staging, List<Met> inserts, List<Met> updates, List<UUID> deletes) {
        if (!deletes.isEmpty()) {
            handle.createUpdate(Sql.of("migration/delete-trades")).bindArray("ids", UUID.class, deletes).execute();
        }
        if (!updates.isEmpty()) {
            List<UUID> ids = updates.stream().map(Met::id).toList();
            int changed = staging.update(ids, updates.stream().map(Met::status).toList());
            if (changed != ids.size()) {
                throw new SyncBusy(ids.size() - changed + " trades were changed by somebody else at the same moment");
            }
            // What the judge knows of a trade is about its levels of before.
            handle.createUpdate("DELETE FROM quantum_ops.open_trades WHERE trade_id = ANY (:ids)").bindArray("ids", UUID.class, ids).execute();
        }
        if (!inserts.isEmpty()) {
            staging.insert(" AND s.id = ANY (:ids)", inserts.stream().map(Met::id).toArray(UUID[]::new));
        }
    }

    /** A trade that nobody here has judged follows the legacy row's time of change, even if nothing else changed. */
    private void followTime(List<UUID> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("UPDATE public.btc_trades t SET updated_at = s.updated_at FROM " + TradeStaging.NAME + " s WHERE t.id = s.id "
                            + "AND t.id = ANY (:ids) AND t.updated_at <> s.updated_at "
                            + "AND NOT EXISTS (SELECT 1 FROM quantum_ops.trade_outcomes o WHERE o.trade_id = t.id) "
                            + "AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = t.id)")
                    .bindArray("ids", UUID.class, ids).execute();
        }
    }

    private void leaveQuarantine(List<UUID> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("DELETE FROM quantum_ops.migration_quarantine WHERE legacy_id = ANY (:ids)").bindArray("ids", UUID.class, ids).execute();
        }
    }

    private UUID newestRun() {
        return handle.createQuery("SELECT run_id FROM quantum_ops.migration_runs ORDER BY started_at DESC LIMIT 1").mapTo(UUID.class)
                .findOne().orElse(UUID.fromString(NO_RUN));
    }
}
