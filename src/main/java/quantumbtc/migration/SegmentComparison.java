package quantumbtc.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import quantumbtc.migration.SegmentSql.Asides;
import quantumbtc.migration.VerifyReport.Difference;
import quantumbtc.migration.VerifyReport.Kind;

/**
 * Compares one key range: first by sums of row hashes; only when they differ it cuts the range into pieces, and
 * compares row by row those pieces that differ. All of it reads one snapshot. Safe for several threads.
 */
final class SegmentComparison {

    private static final int PIECE_ROWS = 200;

    private final Jdbi jdbi;
    private final SegmentSql sql;
    private final List<String> symbols;
    private final AtomicInteger room;

    /** @param mostDifferences how many differences all comparisons together list; every one is counted */
    SegmentComparison(Jdbi jdbi, LegacyTable legacy, List<String> symbols, int mostDifferences) {
        this.jdbi = jdbi;
        this.sql = new SegmentSql(legacy);
        this.symbols = symbols;
        this.room = new AtomicInteger(mostDifferences);
    }

    /** One read-only transaction of its own, so that no long snapshot is held and a transaction pooler is enough. */
    SegmentResult compare(KeyRange range) {
        return jdbi.inTransaction(handle -> {
            ReadOnly.begin(handle);
            return compare(handle, range);
        });
    }

    /** As {@link #compare(KeyRange)}, in a transaction that {@link ReadOnly} began, so in its snapshot. */
    SegmentResult compare(Handle handle, KeyRange range) {
        // A range is one session's share of the work; several sessions side by side use the cores already.
        handle.execute("SET LOCAL max_parallel_workers_per_gather = 0");
        Asides asides = handle.createQuery(sql.asides(range)).map((row, context) -> new Asides(row.getBoolean(1), row.getBoolean(2),
                row.getBoolean(3), row.getBoolean(4))).one();
        Sums sums = handle.createQuery(sql.sums(range, asides)).bindArray("symbols", String.class, symbols).map((row, context) -> Sums.read(row)).one();
        SegmentResult result = sums.result();
        if (!sums.same()) {
            for (KeyRange piece : differingPieces(handle, range)) {
                result = result.plus(differences(handle, piece));
            }
        }
        return result;
    }

    /** About equal shares of the ids on both sides. */
    List<KeyRange> cut(Handle handle, KeyRange range, int rows) {
        return range.cutAt(borders(handle, range, rows));
    }

    private List<UUID> borders(Handle handle, KeyRange range, int rows) {
        return handle.createQuery(sql.borders(range)).bindArray("symbols", String.class, symbols).bind("rows", rows).mapTo(UUID.class).list();
    }

    /** Neighbours are joined, so that a range that differs everywhere is read once and not in a hundred pieces. */
    private List<KeyRange> differingPieces(Handle handle, KeyRange range) {
        List<UUID> borders = borders(handle, range, PIECE_ROWS);
        List<KeyRange> pieces = range.cutAt(borders);
        List<Integer> differing = handle.createQuery(sql.differingPieces(range)).bindArray("symbols", String.class, symbols)
                .bindArray("borders", UUID.class, borders).mapTo(Integer.class).list();
        List<KeyRange> joined = new ArrayList<>();
        for (int i = 0; i < differing.size(); i++) {
            int first = differing.get(i);
            while (i + 1 < differing.size() && differing.get(i + 1) == differing.get(i) + 1) {
                i++;
            }
            joined.add(new KeyRange(pieces.get(first).lower(), pieces.get(differing.get(i)).upper()));
        }
        return joined;
    }

    private SegmentResult differences(Handle handle, KeyRange range) {
        List<Difference> found = new ArrayList<>();
        long[] counts = new long[3];
        handle.createQuery(sql.differingRows(range)).bindArray("symbols", String.class, symbols).bind("most", Math.max(1, room.get()))
                .map((row, context) -> {
                    counts[0] = row.getLong("missing");
                    counts[1] = row.getLong("extra");
                    counts[2] = row.getLong("different");
                    return difference(row);
                }).forEach(found::add);
        int listed = Math.min(found.size(), Math.max(0, room.getAndAdd(-found.size())));
        return SegmentResult.differing(counts[0], counts[1], counts[2], List.copyOf(found.subList(0, listed)));
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(row.getObject("id", UUID.class), Kind.valueOf(row.getString("kind")), row.getString("name"),
                row.getString("expected"), row.getString("actual"));
    }

    private record Sums(boolean same, SegmentResult result) {

        static Sums read(ResultSet row) throws SQLException {
            return new Sums(row.getBoolean("same"), new SegmentResult(row.getLong("candidates"), row.getLong("quarantined"),
                    row.getLong("carried_back"), row.getLong("actual_rows"), row.getLong("judged"), 0, 0, 0, row.getLong("conflicting"), List.of()));
        }
    }
}
