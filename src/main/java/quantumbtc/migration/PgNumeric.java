package quantumbtc.migration;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads a {@code numeric} as PostgreSQL sends it in binary: number of digits, weight of the first, sign, display scale
 * (16 bit each), then the digits to base 10,000.
 */
final class PgNumeric {

    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int DIGITS_AT = 8;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    private PgNumeric() {
    }

    static boolean isNaN(byte[] bytes, int at) {
        return sign(bytes, at) == NAN;
    }

    /** Plus or minus infinity. */
    static boolean isInfinite(byte[] bytes, int at) {
        int sign = sign(bytes, at);
        return sign != POSITIVE && sign != NEGATIVE && sign != NAN;
    }

    /** True when the value is surely from 1 up to, but not including, 100,000,000; cheap, and so for nearly every price. */
    static boolean isPlainPrice(byte[] bytes, int at) {
        int weight = (short) bits16(bytes, at + 2);
        return sign(bytes, at) == POSITIVE && bits16(bytes, at) > 0 && weight >= 0 && weight <= 1;
    }

    /** The value when it is surely a whole number from 0 to 9,999, else -1: it may be one all the same. */
    static int smallWhole(byte[] bytes, int at) {
        int digits = bits16(bytes, at);
        if (digits == 0 && sign(bytes, at) == POSITIVE) {
            return 0;
        }
        return digits == 1 && bits16(bytes, at + 2) == 0 && sign(bytes, at) == POSITIVE ? bits16(bytes, at + DIGITS_AT) : -1;
    }

    /** True when the value is finite and surely between -999 and 999; cheap, and so for nearly every percentage. */
    static boolean isPlainPercent(byte[] bytes, int at) {
        int sign = sign(bytes, at);
        int weight = (short) bits16(bytes, at + 2);
        boolean small = bits16(bytes, at) == 0 || weight < 0 || weight == 0 && bits16(bytes, at + DIGITS_AT) < 999;
        return (sign == POSITIVE || sign == NEGATIVE) && small;
    }

    /**
     * @throws IllegalArgumentException when the value is not finite
     */
    static BigDecimal value(byte[] bytes, int at) {
        int digits = bits16(bytes, at);
        int weight = (short) bits16(bytes, at + 2);
        int sign = sign(bytes, at);
        if (sign != POSITIVE && sign != NEGATIVE) {
            throw new IllegalArgumentException("a number that is not finite has no value");
        }
        BigDecimal value = BigDecimal.valueOf(0);
        if (digits > 0) {
            value = decimal(bytes, at, digits, weight);
        }
        return sign == NEGATIVE ? value.negate() : value;
    }

    private static BigDecimal decimal(byte[] bytes, int at, int digits, int weight) {
        int scale = 4 * (digits - 1 - weight);
        if (digits <= 4) {
            long small = 0;
            for (int i = 0; i < digits; i++) {
                small = small * 10_000 + bits16(bytes, at + DIGITS_AT + 2 * i);
            }
            return BigDecimal.valueOf(small, scale);
        }
        BigInteger all = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            all = all.multiply(BASE).add(BigInteger.valueOf(bits16(bytes, at + DIGITS_AT + 2 * i)));
        }
        return new BigDecimal(all, scale);
    }

    private static int sign(byte[] bytes, int at) {
        return bits16(bytes, at + 4);
    }

    private static int bits16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
