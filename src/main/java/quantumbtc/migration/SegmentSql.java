package quantumbtc.migration;

import java.util.List;
import java.util.stream.Collectors;
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

    SegmentSql(LegacyTable legacy) {
        this.legacy = legacy;
        this.columns = new ExpectedTrade(legacy).columns();
    }

    /** Counts and sums of row hashes of both sides, and whether they are the same. */
    String sums(KeyRange range) {
        return "SELECT e.candidates, e.quarantined, e.carried_back, e.conflicting, e.rows AS expected_rows, a.rows AS actual_rows, a.judged, "
                + "e.rows = a.rows AND e.hash IS NOT DISTINCT FROM a.hash AS same FROM "
                + "(SELECT count(*) FILTER (WHERE " + NOT_GENERATED + ") AS candidates, "
                + "count(*) FILTER (WHERE q.in_quarantine IS NOT NULL AND " + NOT_GENERATED + ") AS quarantined, "
                + "count(*) FILTER (WHERE g.generated IS NOT NULL) AS carried_back, "
                + "count(*) FILTER (WHERE c.in_conflict IS NOT NULL AND q.in_quarantine IS NULL AND " + NOT_GENERATED + ") AS conflicting, "
                + "count(*) FILTER (WHERE " + WANTED + ") AS rows, "
                + hash(true) + " FILTER (WHERE " + WANTED + ") AS hash " + fromLegacy(range) + ") e, "
                + "(SELECT count(*) AS rows, count(o.trade_id) AS judged, " + hash(false) + " AS hash "
                + fromTrades(range) + ") a";
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
                + "count(*) AS rows, " + hash(true) + " AS hash " + fromLegacy(range) + " AND " + WANTED + " GROUP BY 1) e "
                + "FULL JOIN (SELECT width_bucket(t.id, :borders) AS piece, count(*) AS rows, " + hash(false) + " AS hash "
                + fromTrades(range) + " GROUP BY 1) a USING (piece) "
                + "WHERE (e.rows, e.hash) IS DISTINCT FROM (a.rows, a.hash) ORDER BY piece";
    }

    /** Each differing row, at most {@code :most}, one line a column, and how many there are of each kind. */
    String differingRows(KeyRange range) {
        String differs = columns.stream().map(SegmentSql::differs).collect(Collectors.joining(" OR "));
        String values = columns.stream()
                .map(c -> "('" + c.name() + "', e_" + c.name() + "::text, a_" + c.name() + "::text, " + differs(c) + ")")
                .collect(Collectors.joining(", "));
        return "WITH differing AS (SELECT *, CASE WHEN there IS NULL THEN 'MISSING' WHEN wanted IS NULL THEN 'EXTRA' "
                + "ELSE 'DIFFERENT' END AS kind FROM (SELECT " + select(true) + ", true AS wanted " + fromLegacy(range)
                + " AND " + WANTED + ") e FULL JOIN (SELECT " + select(false) + ", true AS there " + fromTrades(range)
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
    private String fromLegacy(KeyRange range) {
        String id = "l." + legacy.quoted(LegacyColumn.ID);
        return "FROM " + legacy.quoted() + " l "
                + quarantined(range.contains("legacy_id"), id) + generatedAndJudged(range, id)
                + " WHERE " + legacy.isBitcoin("l.") + " AND " + range.contains(id);
    }

    private static String fromTrades(KeyRange range) {
        return "FROM public.btc_trades t " + quarantined("reason <> 'ID_TAKEN' AND " + range.contains("legacy_id"), "t.id")
                + generatedAndJudged(range, "t.id") + " WHERE " + range.contains("t.id") + " AND " + WANTED;
    }

    private static String quarantined(String condition, String id) {
        return "LEFT JOIN (SELECT legacy_id AS in_quarantine FROM quantum_ops.migration_quarantine WHERE " + condition
                + ") q ON q.in_quarantine = " + id;
    }

    /** Cut to the range, so that the planner hashes a few rows and not a table as large as the trades. */
    private static String generatedAndJudged(KeyRange range, String id) {
        return " LEFT JOIN (SELECT trade_id AS generated FROM quantum_ops.generated_trades WHERE " + range.contains("trade_id")
                + ") g ON g.generated = " + id
                + " LEFT JOIN (SELECT trade_id, status FROM quantum_ops.trade_outcomes WHERE " + range.contains("trade_id")
                + ") o ON o.trade_id = " + id
                // Two versions, and nobody has decided which holds: counted, and not compared.
                + " LEFT JOIN (SELECT trade_id AS in_conflict FROM quantum_ops.sync_conflicts WHERE state = 'OPEN' AND " + range.contains("trade_id")
                + ") c ON c.in_conflict = " + id;
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
