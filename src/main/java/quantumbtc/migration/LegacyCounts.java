package quantumbtc.migration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.migration.PlanReport.RejectedRow;
import quantumbtc.migration.PlanReport.RejectionCount;
import quantumbtc.migration.PlanReport.Rows;
import quantumbtc.migration.PlanReport.StatusCount;
import quantumbtc.migration.PlanReport.SymbolCount;
import quantumbtc.migration.PlanReport.TimeframeCount;
import quantumbtc.migration.Rejection.Reason;

/** Counts the legacy rows by everything that decides what becomes of them. */
final class LegacyCounts {

    private static final int FIRST = 20;
    private static final int MOST_WORDS = 500;
    private static final int FETCH = 5_000;

    private final Handle handle;
    private final LegacyTable legacy;
    private final MigrationSettings settings;
    private final MappingRules rules;

    LegacyCounts(Handle handle, LegacyTable legacy, MigrationSettings settings, MappingRules rules) {
        this.handle = handle;
        this.legacy = legacy;
        this.settings = settings;
        this.rules = rules;
    }

    Rows count(Instant now) {
        List<SymbolCount> symbols = symbols();
        long all = one("SELECT count(*) FROM " + legacy.quoted());
        long candidates = query("SELECT count(*) " + fromCandidates()).mapTo(Long.class).one();
        List<RejectionCount> rejections = rejections();
        long migrated = rules.checkTrades()
                ? query("SELECT count(*) " + fromCandidates() + " AND EXISTS (SELECT FROM public.btc_trades t WHERE t.id = l."
                        + legacy.quoted(LegacyColumn.ID) + ")").mapTo(Long.class).one() : 0;
        return new Rows(all, candidates, all - candidates, candidates - rejections.stream().mapToLong(RejectionCount::rows).sum(),
                migrated, overdue(now), symbols, statuses(), timeframes(), rejections);
    }

    private List<SymbolCount> symbols() {
        String word = "l." + legacy.read(LegacyColumn.SYMBOL);
        return query("SELECT word, bitcoin, bitcoin AND word <> ALL (:symbols) AS normalised, "
                + "NOT bitcoin AND upper(word) ~ 'BTC|XBT' AS looks_bitcoin, rows FROM (SELECT " + word + " AS word, coalesce("
                + legacy.isBitcoin("l.") + ", false) AS bitcoin, count(*) AS rows FROM " + legacy.quoted() + " l GROUP BY 1, 2) words "
                + "ORDER BY bitcoin DESC, 4 DESC NULLS LAST, rows DESC, word LIMIT " + MOST_WORDS)
                .map((row, context) -> new SymbolCount(row.getString("word"), row.getLong("rows"), row.getBoolean("bitcoin"),
                        row.getBoolean("normalised"), row.getBoolean("looks_bitcoin"))).list();
    }

    private List<StatusCount> statuses() {
        return query("SELECT word, " + ExpectedTrade.STATUS_MAPPING.formatted("word") + " AS becomes, "
                + "coalesce(word IN ('active', 'completed_success', 'completed_failure', 'expired'), false) AS known, rows FROM "
                + words(LegacyColumn.STATUS))
                .map((row, context) -> new StatusCount(row.getString("word"), row.getString("becomes"), row.getBoolean("known"),
                        row.getLong("rows"))).list();
    }

    private List<TimeframeCount> timeframes() {
        return query("SELECT word, coalesce(word IN ('1h', '4h', '1d', '1w'), false) AS usual, rows FROM " + words(LegacyColumn.TIMEFRAME))
                .map((row, context) -> new TimeframeCount(row.getString("word"), row.getBoolean("usual"), row.getLong("rows"))).list();
    }

    private String words(LegacyColumn column) {
        return "(SELECT l." + legacy.read(column) + " AS word, count(*) AS rows " + fromCandidates()
                + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + MOST_WORDS + ") words ORDER BY rows DESC, word";
    }

    private long overdue(Instant now) {
        return query("SELECT count(*) " + fromCandidates() + " AND "
                + ExpectedTrade.STATUS_MAPPING.formatted("l." + legacy.read(LegacyColumn.STATUS)) + " = 'ACTIVE' AND l."
                + legacy.read(LegacyColumn.EXPIRES_AT) + " < :now").bind("now", now.atOffset(ZoneOffset.UTC)).mapTo(Long.class).one();
    }

    private List<RejectionCount> rejections() {
        Map<Reason, List<RejectedRow>> first = new LinkedHashMap<>();
        Map<Reason, Long> rows = new LinkedHashMap<>();
        query("SELECT * FROM (SELECT id, rule, count(*) OVER reason AS rows, row_number() OVER (PARTITION BY split_part(rule, ' ', 1) ORDER BY id NULLS FIRST) AS n "
                + "FROM " + broken() + " WINDOW reason AS (PARTITION BY split_part(rule, ' ', 1))) numbered WHERE n <= " + FIRST
                + " ORDER BY rows DESC, rule, n")
                .map((row, context) -> {
                    RejectedRow rejected = rejected(row.getObject("id", UUID.class), row.getString("rule"));
                    rows.put(rejected.reason(), row.getLong("rows"));
                    return rejected;
                }).forEach(rejected -> first.computeIfAbsent(rejected.reason(), reason -> new ArrayList<>()).add(rejected));
        return first.entrySet().stream().map(entry -> new RejectionCount(entry.getKey(), rows.get(entry.getKey()),
                List.copyOf(entry.getValue()))).toList();
    }

    /** Every row that would be quarantined, by id; streamed, however many they are. */
    void eachRejected(Consumer<RejectedRow> each) {
        query("SELECT id, rule FROM " + broken() + " ORDER BY id").setFetchSize(FETCH)
                .map((row, context) -> rejected(row.getObject("id", UUID.class), row.getString("rule"))).forEach(each);
    }

    private RejectedRow rejected(UUID id, String rule) {
        String[] parts = rule.split(" ");
        return new RejectedRow(id, Reason.valueOf(parts[0]), legacy.columns().get(LegacyColumn.valueOf(parts[1])));
    }

    /** OFFSET 0 keeps the planner from computing the rule once more for the condition. */
    private String broken() {
        return "(SELECT * FROM (SELECT l." + legacy.quoted(LegacyColumn.ID) + " AS id, " + rules.firstBroken() + " AS rule "
                + fromCandidates() + " OFFSET 0) judged WHERE rule IS NOT NULL) broken";
    }

    private String fromCandidates() {
        return "FROM " + legacy.quoted() + " l WHERE " + legacy.isBitcoin("l.");
    }

    private long one(String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }

    private Query query(String sql) {
        return handle.createQuery(sql).bindArray("symbols", String.class, settings.symbols());
    }
}
