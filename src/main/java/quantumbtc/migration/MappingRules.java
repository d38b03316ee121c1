package quantumbtc.migration;

import static quantumbtc.migration.LegacyColumn.AI_REASONING;
import static quantumbtc.migration.LegacyColumn.CONFIDENCE_SCORE;
import static quantumbtc.migration.LegacyColumn.CREATED_AT;
import static quantumbtc.migration.LegacyColumn.ENTRY_PRICE;
import static quantumbtc.migration.LegacyColumn.EXPIRES_AT;
import static quantumbtc.migration.LegacyColumn.GENERATED_AT;
import static quantumbtc.migration.LegacyColumn.ID;
import static quantumbtc.migration.LegacyColumn.STOP_LOSS_PERCENTAGE;
import static quantumbtc.migration.LegacyColumn.STOP_LOSS_PRICE;
import static quantumbtc.migration.LegacyColumn.SYMBOL;
import static quantumbtc.migration.LegacyColumn.TIMEFRAME;
import static quantumbtc.migration.LegacyColumn.TIMEFRAME_HOURS;
import static quantumbtc.migration.LegacyColumn.TP1_PRICE;
import static quantumbtc.migration.LegacyColumn.TP2_PRICE;
import static quantumbtc.migration.LegacyColumn.TP3_PRICE;
import static quantumbtc.migration.LegacyColumn.UPDATED_AT;
import static quantumbtc.migration.LegacyColumn.USER_ID;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules that a legacy row must keep to be migrated, stated in SQL. The copy states them in Java; neither knows the
 * other, so that one proves the other.
 *
 * @param legacy       the table, which the expression calls {@code l}
 * @param maxTextBytes longest reasoning, bytes
 * @param checkUsers   false when public.users cannot be read, so that no owner can be looked up
 * @param checkTrades  false when btc_trades is absent or not ours, so that no id can be taken
 */
record MappingRules(LegacyTable legacy, int maxTextBytes, boolean checkUsers, boolean checkTrades) {

    private static final int LONGEST_WORD = 10;

    /** NULL for a row that can be migrated, else reason and {@link LegacyColumn}, such as {@code NOT_A_NUMBER TP1_PRICE}. */
    String firstBroken() {
        return Stream.of(
                        missing(ID), missing(USER_ID), longWord(SYMBOL),
                        price(ENTRY_PRICE), price(TP1_PRICE), price(TP2_PRICE), price(TP3_PRICE), price(STOP_LOSS_PRICE),
                        percent(STOP_LOSS_PERCENTAGE), longWord(TIMEFRAME),
                        whole(TIMEFRAME_HOURS, Integer.MIN_VALUE, Integer.MAX_VALUE), whole(CONFIDENCE_SCORE, 0, 100),
                        when("octet_length(" + value(AI_REASONING) + ") > " + maxTextBytes, "TEXT_TOO_LONG", AI_REASONING),
                        time(GENERATED_AT), time(EXPIRES_AT), time(CREATED_AT), time(UPDATED_AT),
                        checkUsers ? userUnknown() : List.<String>of(),
                        checkTrades ? idTaken() : List.<String>of())
                .flatMap(List::stream)
                .collect(Collectors.joining("\n    ", "CASE ", " END"));
    }

    private List<String> missing(LegacyColumn column) {
        return when(value(column) + " IS NULL", "VALUE_MISSING", column);
    }

    private List<String> longWord(LegacyColumn column) {
        return when("length(" + value(column) + ") > " + LONGEST_WORD, "TEXT_TOO_LONG", column);
    }

    private List<String> price(LegacyColumn column) {
        String rounded = "round(" + value(column) + ", 8)";
        return all(missing(column), notFinite(column),
                when(rounded + " <= 0", "PRICE_NOT_POSITIVE", column),
                when(rounded + " >= 1000000000000", "OUT_OF_RANGE", column));
    }

    private List<String> percent(LegacyColumn column) {
        return all(missing(column), notFinite(column),
                when("abs(round(" + value(column) + ", 2)) >= 1000", "OUT_OF_RANGE", column));
    }

    private List<String> whole(LegacyColumn column, int least, int most) {
        return all(notFinite(column),
                when(value(column) + " % 1 <> 0", "NOT_WHOLE", column),
                when(value(column) + " NOT BETWEEN " + least + " AND " + most, "OUT_OF_RANGE", column));
    }

    private List<String> notFinite(LegacyColumn column) {
        return all(when(value(column) + " = 'NaN'::numeric", "NOT_A_NUMBER", column),
                when("abs(" + value(column) + ") = 'Infinity'::numeric", "INFINITE", column));
    }

    private List<String> time(LegacyColumn column) {
        return all(missing(column), when("NOT isfinite(" + value(column) + ")", "INFINITE", column));
    }

    private List<String> userUnknown() {
        return when("NOT EXISTS (SELECT FROM public.users u WHERE u.id = " + value(USER_ID) + ")", "USER_UNKNOWN", USER_ID);
    }

    /** Taken: the id is in btc_trades, and no chunk of ours wrote it there. The chunks are looked up by their borders. */
    private List<String> idTaken() {
        String id = value(ID);
        return when("EXISTS (SELECT FROM public.btc_trades t WHERE t.id = " + id + ") AND ("
                + "EXISTS (SELECT FROM quantum_ops.generated_trades g WHERE g.trade_id = " + id + ")"
                + " OR EXISTS (SELECT FROM quantum_ops.migration_quarantine q WHERE q.reason = 'ID_TAKEN' AND q.legacy_id = " + id + ")"
                + " OR NOT coalesce((SELECT array_agg(c.state = 'DONE' ORDER BY c.lower_id NULLS FIRST) FROM quantum_ops.migration_chunks c)"
                + "[1 + width_bucket(" + id + ", coalesce((SELECT array_agg(c.lower_id ORDER BY c.lower_id) "
                + "FROM quantum_ops.migration_chunks c WHERE c.lower_id IS NOT NULL), '{}'::uuid[]))], false))", "ID_TAKEN", ID);
    }

    private String value(LegacyColumn column) {
        return "l." + legacy.read(column);
    }

    private static List<String> when(String condition, String reason, LegacyColumn column) {
        return List.of("WHEN " + condition + " THEN '" + reason + " " + column + "'");
    }

    @SafeVarargs
    private static List<String> all(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
