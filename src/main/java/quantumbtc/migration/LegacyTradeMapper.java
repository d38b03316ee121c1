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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import quantumbtc.migration.Rejection.Reason;

/**
 * The mapping of a legacy row to a trade, column by column. Pure: the same row gives the same bytes or the same
 * rejection. Fields that are only copied stay the bytes that they came as; decoding them costs more than all the rest.
 */
final class LegacyTradeMapper {

    static final int DATA_QUALITY = 90;

    private static final int PRICE_SCALE = 8;
    private static final BigDecimal PRICE_LIMIT = BigDecimal.TEN.pow(12);
    private static final int PERCENT_SCALE = 2;
    private static final BigDecimal PERCENT_LIMIT = BigDecimal.valueOf(1_000);
    private static final int HUNDRED = 100;
    private static final int SHORT_TEXT = 10;

    private static final byte[] REASONING = utf8("Migrated from ATGE - Original AI analysis");
    private static final byte[] JUSTIFICATION = utf8("Migrated from ATGE - Original entry price: ");
    private static final byte[] USD = utf8(" USD");
    private static final byte[] COMPLETED_SUCCESS = utf8("completed_success");
    private static final byte[] COMPLETED_FAILURE = utf8("completed_failure");
    private static final byte[] ATGE_EXPIRED = utf8("expired");
    private static final byte[] ACTIVE = utf8("ACTIVE");
    private static final byte[] HIT = utf8("HIT");
    private static final byte[] NOT_HIT = utf8("NOT_HIT");
    private static final byte[] EXPIRED = utf8("EXPIRED");

    private final int maxTextBytes;
    private Rejection rejection;

    /** @param maxTextBytes longest reasoning that is carried over, UTF-8 bytes */
    LegacyTradeMapper(int maxTextBytes) {
        this.maxTextBytes = maxTextBytes;
    }

    /**
     * Appends the trade of a row, or nothing when the row is rejected.
     *
     * @param unknownUsers users of this chunk that are not in {@code users}
     * @param takenIds     ids of this chunk that are in btc_trades already
     * @return null when the trade was appended, else why not
     */
    Rejection map(LegacyRow row, TradeRows out, Set<UUID> unknownUsers, Set<UUID> takenIds) {
        rejection = null;
        out.begin();
        copy(row, ID, out);
        copy(row, USER_ID, out);
        shortText(row, SYMBOL, out);
        if (price(row, ENTRY_PRICE, out)) {
            out.field(row, ENTRY_PRICE);
            out.field(row, ENTRY_PRICE);
        }
        price(row, TP1_PRICE, out);
        price(row, TP2_PRICE, out);
        price(row, TP3_PRICE, out);
        price(row, STOP_LOSS_PRICE, out);
        percent(row, out);
        shortText(row, TIMEFRAME, out);
        whole(row, TIMEFRAME_HOURS, Integer.MIN_VALUE, Integer.MAX_VALUE, out);
        whole(row, CONFIDENCE_SCORE, 0, HUNDRED, out);
        reasoning(row, out);
        justification(row, out);
        out.field(DATA_QUALITY);
        out.field(status(row));
        time(row, GENERATED_AT, out);
        time(row, EXPIRES_AT, out);
        time(row, CREATED_AT, out);
        time(row, UPDATED_AT, out);
        if (rejection == null && !unknownUsers.isEmpty() && unknownUsers.contains(row.uuid(USER_ID))) {
            reject(Reason.USER_UNKNOWN, "user_id " + row.uuid(USER_ID) + " is not in users");
        }
        if (rejection == null && !takenIds.isEmpty() && takenIds.contains(row.uuid(ID))) {
            reject(Reason.ID_TAKEN, "id " + row.uuid(ID) + " is in btc_trades already");
        }
        if (rejection != null) {
            out.discard();
        }
        return rejection;
    }

    private void copy(LegacyRow row, LegacyColumn column, TradeRows out) {
        if (row.isNull(column)) {
            missing(column);
            return;
        }
        out.field(row, column);
    }

    private void shortText(LegacyRow row, LegacyColumn column, TradeRows out) {
        if (row.isNull(column)) {
            out.nothing();
            return;
        }
        if (row.length(column) > SHORT_TEXT) {
            String text = row.text(column);
            int characters = text.codePointCount(0, text.length());
            if (characters > SHORT_TEXT) {
                reject(Reason.TEXT_TOO_LONG, name(column) + " has " + characters + " characters, at most " + SHORT_TEXT);
            }
        }
        out.field(row, column);
    }

    private boolean price(LegacyRow row, LegacyColumn column, TradeRows out) {
        if (!finite(row, column)) {
            return false;
        }
        if (!PgNumeric.isPlainPrice(row.bytes(), row.start(column))) {
            BigDecimal price = PgNumeric.value(row.bytes(), row.start(column)).setScale(PRICE_SCALE, RoundingMode.HALF_UP);
            if (price.signum() <= 0) {
                reject(Reason.PRICE_NOT_POSITIVE, name(column) + " " + price.toPlainString() + " is not positive");
            } else if (price.compareTo(PRICE_LIMIT) >= 0) {
                reject(Reason.OUT_OF_RANGE, name(column) + " " + shown(price) + " is not below 10^12");
            }
        }
        // Rounding to 8 decimals is the server's: numeric(20,8) rounds half away from zero when it receives the value.
        out.field(row, column);
        return true;
    }

    private void percent(LegacyRow row, TradeRows out) {
        LegacyColumn column = STOP_LOSS_PERCENTAGE;
        if (!finite(row, column)) {
            return;
        }
        if (!PgNumeric.isPlainPercent(row.bytes(), row.start(column))) {
            BigDecimal percent = PgNumeric.value(row.bytes(), row.start(column)).setScale(PERCENT_SCALE, RoundingMode.HALF_UP);
            if (percent.abs().compareTo(PERCENT_LIMIT) >= 0) {
                reject(Reason.OUT_OF_RANGE, name(column) + " " + shown(percent) + " is not below 1000 percent");
            }
        }
        out.field(row, column);
    }

    private void whole(LegacyRow row, LegacyColumn column, int least, int most, TradeRows out) {
        if (row.isNull(column)) {
            out.nothing();
            return;
        }
        if (!finite(row, column)) {
            return;
        }
        int small = PgNumeric.smallWhole(row.bytes(), row.start(column));
        if (small >= Math.max(least, 0) && small <= most) {
            out.field(small);
            return;
        }
        BigDecimal number = PgNumeric.value(row.bytes(), row.start(column));
        if (number.stripTrailingZeros().scale() > 0) {
            reject(Reason.NOT_WHOLE, name(column) + " " + shown(number) + " is not a whole number");
        } else if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            reject(Reason.OUT_OF_RANGE, name(column) + " " + shown(number) + " is not from " + least + " to " + most);
        } else {
            out.field(number.intValueExact());
        }
    }

    private void reasoning(LegacyRow row, TradeRows out) {
        if (row.isNull(AI_REASONING)) {
            out.field(REASONING);
            return;
        }
        int length = row.length(AI_REASONING);
        if (length > maxTextBytes) {
            reject(Reason.TEXT_TOO_LONG, name(AI_REASONING) + " has " + length + " bytes, at most " + maxTextBytes);
            return;
        }
        out.field(row, AI_REASONING);
    }

    private void justification(LegacyRow row, TradeRows out) {
        if (rejection != null) {
            return;
        }
        BigDecimal entry = PgNumeric.value(row.bytes(), row.start(ENTRY_PRICE)).setScale(PRICE_SCALE, RoundingMode.HALF_UP);
        out.field(JUSTIFICATION, utf8(entry.toPlainString()), USD);
    }

    private static byte[] status(LegacyRow row) {
        if (row.is(STATUS, COMPLETED_SUCCESS)) {
            return HIT;
        }
        if (row.is(STATUS, COMPLETED_FAILURE)) {
            return NOT_HIT;
        }
        return row.is(STATUS, ATGE_EXPIRED) ? EXPIRED : ACTIVE;
    }

    private void time(LegacyRow row, LegacyColumn column, TradeRows out) {
        if (row.isNull(column)) {
            missing(column);
            return;
        }
        long micros = row.bits64(column);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            reject(Reason.INFINITE, name(column) + " is infinite");
        }
        out.field(row, column);
    }

    private boolean finite(LegacyRow row, LegacyColumn column) {
        if (row.isNull(column)) {
            missing(column);
            return false;
        }
        if (PgNumeric.isNaN(row.bytes(), row.start(column))) {
            reject(Reason.NOT_A_NUMBER, name(column) + " is not a number");
            return false;
        }
        if (PgNumeric.isInfinite(row.bytes(), row.start(column))) {
            reject(Reason.INFINITE, name(column) + " is infinite");
            return false;
        }
        return true;
    }

    private void missing(LegacyColumn column) {
        reject(Reason.VALUE_MISSING, name(column) + " is NULL");
    }

    /** The first rule that is broken names the reason. */
    private void reject(Reason reason, String detail) {
        if (rejection == null) {
            rejection = new Rejection(reason, detail);
        }
    }

    private static String name(LegacyColumn column) {
        return column.names().get(0);
    }

    /** A number short enough for a message, however many digits it has. */
    private static String shown(BigDecimal number) {
        return number.precision() > 40 ? number.round(new java.math.MathContext(10)).toString() : number.toPlainString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
