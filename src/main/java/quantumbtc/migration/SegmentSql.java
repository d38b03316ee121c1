package quantumbtc.migration;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantumbtc.migration.ExpectedTrade.Column;

/**
 * The statements that compare one key range of the legacy table with the same range of btc_trades. Each reads both
 * sides at once, so both in one snapshot. {@code :symbols} is to be bound.
 */
final class SegmentSql {

    /** Longer values are reported by their beginning, length and md5. */
    private static final int SHOWN_CHARACTERS = 200;
    private static final String NOT_GENERATED = "g.generated IS NULL";
    private static final String WANTED = "q.in_quarantine IS NULL AND g.generated IS NULL AND c.in_conflict IS NULL";

    private final LegacyTable legacy;
    private final List<Column> columns;

    /** What a range has rows of beside the two tables. A look into an empty table costs as much a row as one into a full one. */
    record Asides(boolean quarantined, boolean generated, boolean judged, boolean conflicting) {

        static final Asides ALL = new Asides(true, true, true, true);
    }

    SegmentSql(LegacyTable legacy) {
        this.legacy = legacy;
        this.columns = new ExpectedTrade(legacy).columns();
    }

    /** Which {@link Asides} there are, in their order. */
    String asides(KeyRange range) {
        return "SELECT " + Stream.of(quarantined(range), generated(range), judged(range), conflicting(range))
                .map(rows -> "EXISTS (SELECT " + rows + ")").collect(Collectors.joining(", "));
    }

    /**
     * Counts and sums of row hashes of both sides, and whether they are the same.
     *
     * @param asides as they are in the same snapshot
     */
    String sums(KeyRange range, Asides asides) {
        return "SELECT e.candidates, e.quarantined, e.carried_back, e.conflicting, e.rows AS expected_rows, a.rows AS actual_rows, a.judged, "
                + "e.rows = a.rows AND e.hash IS NOT DISTINCT FROM a.hash AS same FROM "
                + "(SELECT count(*) FILTER (WHERE " + NOT_GENERATED + ") AS candidates, "
                + "count(*) FILTER (WHERE q.in_quarantine IS NOT NULL AND " + NOT_GENERATED + ") AS quarantined, "
                + "count(*) FILTER (WHERE g.generated IS NOT NULL) AS carried_back, "
                + "count(*) FILTER (WHERE c.in_conflict IS NOT NULL AND q.in_quarantine IS NULL AND " + NOT_GENERATED + ") AS conflicting, "
                + "count(*) FILTER (WHERE " + WANTED + ") AS rows, "
                + hash(true) + " FILTER (WHERE " + WANTED + ") AS hash " + fromLegacy(range, asides) + ") e, "
                + "(SELECT count(*) AS rows, count(o.trade_id) AS judged, " + hash(false) + " AS hash "
                + fromTrades(range, asides) + ") a";
    }

    /** Borders that cut the range into pieces of {@code :rows} ids of either side. */
    String borders(KeyRange range) {
        return "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ("
                + "SELECT l." + legacy.quoted(LegacyColumn.ID) + " AS id FROM " + legacy.quoted() + " l WHERE "
                + legacy.isBitcoin("l.") + " AND " + range.contains("l." + legacy.quoted(LegacyColumn.ID))
                + " UNION SELECT t.id FROM public.btc_trades t WHERE " + range.contains("t.id")
                + ") ids WHERE id IS NOT NULL) numbered WHERE n % :rows = 0 ORDER BY id";
    }

    /** Which of the pieces between {@code :borders} differ, numbered from 0. */
    String differingPieces(KeyRange range) {
        return "SELECT piece FROM (SELECT coalesce(width_bucket(l." + legacy.quoted(LegacyColumn.ID) + ", :borders), 0) AS piece, "
                + "count(*) AS rows, " + hash(true) + " AS hash " + fromLegacy(range, Asides.ALL) + " AND " + WANTED + " GROUP BY 1) e "
                + "FULL JOIN (SELECT width_bucket(t.id, :borders) AS piece, count(*) AS rows, " + hash(false) + " AS hash "
                + fromTrades(range, Asides.ALL) + " GROUP BY 1) a USING (piece) "
                + "WHERE (e.rows, e.hash) IS DISTINCT FROM (a.rows, a.hash) ORDER BY piece";
    }

    /** Each differing row, at most {@code :most}, one line a column, and how many there are of each kind. */
    String differingRows(KeyRange range) {
        String differs = columns.stream().map(SegmentSql::differs).collect(Collectors.joining(" OR "));
        String values = columns.stream()
                .map(c -> "('" + c.name() + "', e_" + c.name() + "::text, a_" + c.name() + "::text, " + differs(c) + ")")
                .collect(Collectors.joining(", "));
        return "WITH differing AS (SELECT *, CASE WHEN there IS NULL THEN 'MISSING' WHEN wanted IS NULL THEN 'EXTRA' "
                + "ELSE 'DIFFERENT' END AS kind FROM (SELECT " + select(true) + ", true AS wanted " + fromLegacy(range, Asides.ALL)
                + " AND " + WANTED + ") e FULL JOIN (SELECT " + select(false) + ", true AS there " + fromTrades(range, Asides.ALL)
                + ") a ON a_id = e_id WHERE wanted IS NULL OR there IS NULL OR " + differs + "), "
                + "counted AS (SELECT *, count(*) FILTER (WHERE kind = 'MISSING') OVER () AS missing, "
                + "count(*) FILTER (WHERE kind = 'EXTRA') OVER () AS extra, "
                + "count(*) FILTER (WHERE kind = 'DIFFERENT') OVER () AS different FROM differing LIMIT :most) "
                + "SELECT coalesce(e_id, a_id) AS id, kind, v.name, " + shown("v.expected") + " AS expected, "
                + shown("v.actual") + " AS actual, missing, extra, different FROM counted LEFT JOIN LATERAL (VALUES "
                + values + ") v(name, expected, actual, differs) ON kind = 'DIFFERENT' AND v.differs ORDER BY 1, 3";
    }

    private static String differs(Column column) {
        return "e_" + column.name() + " IS DISTINCT FROM a_" + column.name();
    }

    /** A row that broke a rule after it was copied keeps its older trade; quarantine has the row, so neither side counts it. */
    private String fromLegacy(KeyRange range, Asides asides) {
        String id = "l." + legacy.quoted(LegacyColumn.ID);
        return "FROM " + legacy.quoted() + " l " + beside(range, asides, "", id)
                + " WHERE " + legacy.isBitcoin("l.") + " AND " + range.contains(id);
    }

    private static String fromTrades(KeyRange range, Asides asides) {
        return "FROM public.btc_trades t " + beside(range, asides, " AND reason <> 'ID_TAKEN'", "t.id")
                + " WHERE " + range.contains("t.id") + " AND " + WANTED;
    }

    private static String beside(KeyRange range, Asides asides, String quarantine, String id) {
        return join(asides.quarantined, "(SELECT legacy_id AS in_quarantine " + quarantined(range) + quarantine + ") q ON q.in_quarantine = " + id,
                        "(SELECT NULL::uuid AS in_quarantine) q")
                + join(asides.generated, "(SELECT trade_id AS generated " + generated(range) + ") g ON g.generated = " + id,
                        "(SELECT NULL::uuid AS generated) g")
                + join(asides.judged, "(SELECT trade_id, status " + judged(range) + ") o ON o.trade_id = " + id,
                        "(SELECT NULL::uuid AS trade_id, NULL::text AS status) o")
                + join(asides.conflicting, "(SELECT trade_id AS in_conflict " + conflicting(range) + ") c ON c.in_conflict = " + id,
                        "(SELECT NULL::uuid AS in_conflict) c");
    }

    // Each cut to the range, so that the planner hashes a few rows and not a table as large as the trades.

    private static String quarantined(KeyRange range) {
        return "FROM quantum_ops.migration_quarantine WHERE " + range.contains("legacy_id");
    }

    private static String generated(KeyRange range) {
        return "FROM quantum_ops.generated_trades WHERE " + range.contains("trade_id");
    }

    private static String judged(KeyRange range) {
        return "FROM quantum_ops.trade_outcomes WHERE " + range.contains("trade_id");
    }

    /** Two versions, and nobody has decided which holds: counted, and not compared. */
    private static String conflicting(KeyRange range) {
        return "FROM quantum_ops.sync_conflicts WHERE state = 'OPEN' AND " + range.contains("trade_id");
    }

    private static String join(boolean any, String rows, String nothing) {
        return any ? " LEFT JOIN " + rows : " CROSS JOIN " + nothing;
    }

    /**
     * PostgreSQL adds up the hashes of a row's columns, so a sum of such row hashes would not notice values that two rows
     * exchange. Each row is hashed with a seed of its own, made from its id.
     */
    private String hash(boolean expected) {
        String row = columns.stream().map(c -> c.hashed().formatted(expected ? c.expected() : c.actual())).collect(Collectors.joining(", "));
        return "sum(hash_record_extended(ROW(" + row + "), uuid_hash_extended("
                + (expected ? "l." + legacy.quoted(LegacyColumn.ID) : "t.id") + ", 0)))";
    }

    private String select(boolean expected) {
        return columns.stream().map(c -> expected ? c.expected() + " AS e_" + c.name() : c.actual() + " AS a_" + c.name())
                .collect(Collectors.joining(", "));
    }

    private static String shown(String value) {
        return "CASE WHEN length(" + value + ") > " + SHOWN_CHARACTERS + " THEN left(" + value + ", " + SHOWN_CHARACTERS
                + ") || ' … (' || length(" + value + ") || ' characters, md5 ' || md5(" + value + ") || ')' ELSE " + value + " END";
    }
}
