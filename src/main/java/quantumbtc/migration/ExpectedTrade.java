package quantumbtc.migration;

import static quantumbtc.migration.LegacyColumn.AI_REASONING;
import static quantumbtc.migration.LegacyColumn.CONFIDENCE_SCORE;
import static quantumbtc.migration.LegacyColumn.CREATED_AT;
import static quantumbtc.migration.LegacyColumn.ENTRY_PRICE;
import static quantumbtc.migration.LegacyColumn.EXPIRES_AT;
import static quantumbtc.migration.LegacyColumn.GENERATED_AT;
import static quantumbtc.migration.LegacyColumn.ID;
import static quantumbtc.migration.LegacyColumn.STATUS;
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
import java.util.Set;

/**
 * The mapping, stated a second time in SQL: what each column of btc_trades must hold for a legacy row. No expression can
 * fail on any value, because a row that should have been quarantined must be named and not stop the verification.
 *
 * @param legacy the table, which the expressions call {@code l}; btc_trades is {@code t}, the trade's outcome {@code o}
 */
record ExpectedTrade(LegacyTable legacy) {

    private static final Set<String> FITS_INTEGER = Set.of("smallint", "integer");

    /** Word of ATGE, word of Quantum. Any other word, and none, becomes ACTIVE. */
    static final String STATUS_MAPPING = "CASE %s WHEN 'completed_success' THEN 'HIT' WHEN 'completed_failure' THEN 'NOT_HIT' "
            + "WHEN 'expired' THEN 'EXPIRED' ELSE 'ACTIVE' END";

    /**
     * One column of btc_trades.
     *
     * @param expected SQL over the legacy row
     * @param actual   SQL over the row of btc_trades, of the same type
     * @param hashed   what of a value, {@code %1$s}, tells it from every other one when it is hashed
     */
    record Column(String name, String expected, String actual, String hashed) {

        Column hashedAs(String form) {
            return new Column(name, expected, actual, form);
        }
    }

    private static final String AS_IT_IS = "%1$s";
    /** PostgreSQL's hash of a numeric leaves the sign out. */
    private static final String WITH_SIGN = "%1$s, %1$s < 0";
    /** Its bytes, sign included, of a numeric that has the same scale on both sides; cheaper than hash and sign apart. */
    private static final String AS_BYTES = "numeric_send(%1$s)";
    /** PostgreSQL's hash of jsonb is the same for {@code {}} and {@code []}. */
    private static final String AS_TEXT = "%1$s::text";

    /** Every column, in the table's order. */
    List<Column> columns() {
        String entry = price(ENTRY_PRICE);
        return List.of(
                same("id", value(ID)),
                same("user_id", value(USER_ID)),
                text("symbol", value(SYMBOL)),
                number("entry_min", entry),
                number("entry_max", entry),
                number("entry_optimal", entry),
                number("tp1_price", price(TP1_PRICE)),
                same("tp1_allocation", "50"),
                number("tp2_price", price(TP2_PRICE)),
                same("tp2_allocation", "30"),
                number("tp3_price", price(TP3_PRICE)),
                same("tp3_allocation", "20"),
                number("stop_loss_price", price(STOP_LOSS_PRICE)),
                number("max_loss_percent", "round(" + value(STOP_LOSS_PERCENTAGE) + ", 2)"),
                text("timeframe", value(TIMEFRAME)),
                whole("timeframe_hours", TIMEFRAME_HOURS),
                whole("confidence_score", CONFIDENCE_SCORE),
                same("quantum_reasoning", "coalesce(" + value(AI_REASONING) + ", 'Migrated from ATGE - Original AI analysis')"),
                same("mathematical_justification", "'Migrated from ATGE - Original entry price: ' || " + entry + "::text || ' USD'"),
                text("wave_pattern_collapse", "'CONTINUATION'::text"),
                same("data_quality_score", "90"),
                same("cross_api_proof", "'{}'::jsonb").hashedAs(AS_TEXT),
                same("historical_triggers", "'[]'::jsonb").hashedAs(AS_TEXT),
                text("status", "coalesce(o.status, " + STATUS_MAPPING.formatted(value(STATUS)) + ")"),
                same("generated_at", value(GENERATED_AT)),
                same("expires_at", value(EXPIRES_AT)),
                unlessJudged("last_validated_at", "NULL::timestamptz"),
                same("created_at", value(CREATED_AT)),
                unlessJudged("updated_at", value(UPDATED_AT)));
    }

    private static Column same(String name, String expected) {
        return new Column(name, expected, "t." + name, AS_IT_IS);
    }

    /** @param expected rounded to the scale that btc_trades has */
    private static Column number(String name, String expected) {
        return same(name, expected).hashedAs(AS_BYTES);
    }

    private static Column text(String name, String expected) {
        return new Column(name, expected, "t." + name + "::text", AS_IT_IS);
    }

    /** A judgement touches these, and they are its own. */
    private static Column unlessJudged(String name, String expected) {
        return new Column(name, "CASE WHEN o.trade_id IS NULL THEN " + expected + " END",
                "CASE WHEN o.trade_id IS NULL THEN t." + name + " END", AS_IT_IS);
    }

    /** A source column that may hold fractions is compared as it is: the cast to integer would round, or fail. */
    private Column whole(String name, LegacyColumn column) {
        return FITS_INTEGER.contains(legacy.types().get(legacy.columns().get(column)))
                ? new Column(name, "l." + legacy.quoted(column) + "::integer", "t." + name, AS_IT_IS)
                : new Column(name, value(column), "t." + name + "::numeric", WITH_SIGN);
    }

    private String price(LegacyColumn column) {
        return "round(" + value(column) + ", 8)";
    }

    private String value(LegacyColumn column) {
        return "l." + legacy.read(column);
    }
}
