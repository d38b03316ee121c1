package quantumbtc.migration;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.migration.VerifyReport.Difference;

/**
 * Compares both systems over and over while both live, a few segments at a time. A row that differs and has a change on
 * its way is as it should be; that is read in the very snapshot of the comparison, so it is exact however fast rows are
 * written. A row that differs and has none was lost to the capture: it is told as a failure, and noted anew, so that the
 * sync brings it.
 */
public final class ContinuousVerification {

    private static final int MOST_DIFFERENCES = 1_000;
    private static final int MOST_NAMED = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final MigrationSettings settings;
    private final int segments;

    /** @param segments compared in one step */
    public ContinuousVerification(Database database, MigrationSettings settings, int segments) {
        this.database = database;
        this.settings = settings;
        this.segments = segments;
    }

    private record Segment(int chunkNo, KeyRange range) {
    }

    /** @param settled differing rows that no change on its way explains */
    private record Seen(long rows, long differences, List<Difference> settled) {
    }

    /** The next segments of the round, which it begins or ends where needed. */
    void some(LegacyTable table) {
        step(table, segments);
    }

    /**
     * A whole round, begun anew.
     *
     * @return rows that were noted anew, because they differ and no change is on its way
     */
    long everything(LegacyTable table) {
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM quantum_ops.verification_rounds WHERE finished_at IS NULL"));
        step(table, Integer.MAX_VALUE);
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT settled_differences FROM quantum_ops.verification_rounds ORDER BY id DESC LIMIT 1")
                .mapTo(Long.class).one());
    }

    private void step(LegacyTable table, int most) {
        // Not the thread's own session: the comparisons have theirs, each with a snapshot.
        try (Handle session = database.jdbi().open()) {
            session.useTransaction(handle -> step(handle, table, most));
        }
    }

    private void step(Handle handle, LegacyTable table, int most) {
        handle.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        handle.execute("INSERT INTO quantum_ops.verification_rounds (next_chunk) VALUES (-1) ON CONFLICT DO NOTHING");
        Optional<int[]> round = handle.createQuery("SELECT id, next_chunk FROM quantum_ops.verification_rounds WHERE finished_at IS NULL FOR UPDATE SKIP LOCKED")
                .map((row, context) -> new int[] {row.getInt(1), row.getInt(2)}).findOne();
        if (round.isEmpty()) {
            return;
        }
        List<Segment> next = handle.createQuery("SELECT chunk_no, lower_id, upper_id FROM quantum_ops.migration_chunks "
                        + "WHERE state = 'DONE' AND chunk_no > :after ORDER BY chunk_no LIMIT :most").bind("after", round.get()[1]).bind("most", most)
                .map((row, context) -> new Segment(row.getInt("chunk_no"), new KeyRange(row.getObject("lower_id", UUID.class),
                        row.getObject("upper_id", UUID.class)))).list();
        // All is looked at before the first word is written: the sync's row is held for a moment only.
        List<Seen> seen = next.stream().map(segment -> look(table, segment.range())).toList();
        noteLostCaptures(handle, table);
        for (int i = 0; i < next.size(); i++) {
            note(handle, round.get()[0], next.get(i), seen.get(i));
        }
        List<UUID> lost = seen.stream().flatMap(one -> one.settled().stream()).map(Difference::id).distinct().toList();
        if (!lost.isEmpty()) {
            captureFailed(handle, lost.size() + " rows differed though no change was on its way, such as " + lost.get(0)
                    + "; they were noted anew. Look for triggers that were disabled, and for writes that passed them by");
        }
        if (next.size() < most) {
            finish(handle, round.get()[0]);
        }
    }

    /** On a session of its own, whose snapshot holds both sides and the changes on their way. */
    private Seen look(LegacyTable table, KeyRange range) {
        SegmentComparison comparison = new SegmentComparison(database.jdbi(), table, settings.symbols(), MOST_DIFFERENCES);
        return database.jdbi().inTransaction(handle -> {
            ReadOnly.begin(handle);
            SegmentResult result = comparison.compare(handle, range);
            List<UUID> ids = result.differences().stream().map(Difference::id).distinct().toList();
            if (ids.isEmpty()) {
                return new Seen(result.migrated(), 0, List.of());
            }
            boolean truncated = handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.change_queue WHERE legacy_id IS NULL)").mapTo(Boolean.class).one();
            Set<UUID> onTheirWay = handle.createQuery("SELECT DISTINCT legacy_id FROM quantum_ops.change_queue WHERE legacy_id = ANY (:ids)")
                    .bindArray("ids", UUID.class, ids).mapTo(UUID.class).set();
            return new Seen(result.migrated(), result.missing() + result.extra() + result.different(), truncated ? List.of()
                    : result.differences().stream().filter(difference -> !onTheirWay.contains(difference.id())).toList());
        });
    }

    private void note(Handle handle, int round, Segment segment, Seen seen) {
        Set<UUID> settled = seen.settled().stream().map(Difference::id).collect(Collectors.toSet());
        handle.createUpdate(Sql.of("migration/note-segment")).bind("id", round).bind("chunk", segment.chunkNo()).bind("rows", seen.rows())
                .bind("differences", seen.differences()).bind("settled", settled.size()).bind("detail", named(seen.settled())).execute();
        if (!settled.isEmpty()) {
            handle.createUpdate("INSERT INTO quantum_ops.change_queue (legacy_id, op) SELECT unnest(:ids::uuid[]), 'V'")
                    .bindArray("ids", UUID.class, settled.toArray(UUID[]::new)).execute();
        }
    }

    private static String named(List<Difference> differences) {
        ArrayNode list = JSON.createArrayNode();
        differences.stream().limit(MOST_NAMED).forEach(difference -> list.addObject().put("id", String.valueOf(difference.id()))
                .put("kind", difference.kind().name()).put("column", difference.column()));
        return list.toString();
    }

    /** The trigger says what it could not note; and it cannot say that it is gone. */
    private static void noteLostCaptures(Handle handle, LegacyTable table) {
        int lost = handle.execute("UPDATE quantum_ops.capture_failures SET seen_at = clock_timestamp() WHERE seen_at IS NULL");
        if (lost > 0) {
            captureFailed(handle, lost + " legacy writes could not be noted; the verification brings their rows");
        }
        if (!Capture.isWhole(handle, table)) {
            captureFailed(handle, "triggers on " + table + " are gone or disabled, so changes are found by the verification only; repair with: quantum-btc sync on");
        }
    }

    private static void captureFailed(Handle handle, String sentence) {
        handle.createUpdate("UPDATE quantum_ops.sync_control SET capture_failure = :sentence, capture_failed_at = clock_timestamp() WHERE id = 1")
                .bind("sentence", sentence + ".").execute();
    }

    /** A whole round that began after the last loss and found nothing settled says that nothing is lost any more. */
    private static void finish(Handle handle, int round) {
        handle.execute("UPDATE quantum_ops.verification_rounds SET finished_at = clock_timestamp() WHERE id = ?", round);
        handle.execute("UPDATE quantum_ops.sync_control c SET capture_failure = NULL, capture_failed_at = NULL FROM quantum_ops.verification_rounds r "
                + "WHERE c.id = 1 AND r.id = ? AND r.started_at > c.capture_failed_at AND r.settled_differences = 0", round);
        handle.execute("DELETE FROM quantum_ops.verification_rounds WHERE finished_at < clock_timestamp() - interval '30 days' AND settled_differences = 0");
    }
}
