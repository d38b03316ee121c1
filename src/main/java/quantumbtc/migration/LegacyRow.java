package quantumbtc.migration;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * One legacy row as the server sent it: the bytes, and where each column lies in them. The same object is filled anew
 * for each row, because a copied field shall stay bytes all the way.
 */
final class LegacyRow {

    private static final int NULL = -1;

    private final int[] starts = new int[LegacyColumn.values().length];
    private final int[] lengths = new int[LegacyColumn.values().length];
    private byte[] bytes;

    /** @param length -1 for NULL, as the server writes it */
    void set(int column, int start, int length) {
        starts[column] = start;
        lengths[column] = length;
    }

    void in(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isNull(LegacyColumn column) {
        return lengths[column.ordinal()] == NULL;
    }

    int start(LegacyColumn column) {
        return starts[column.ordinal()];
    }

    int length(LegacyColumn column) {
        return lengths[column.ordinal()];
    }

    boolean is(LegacyColumn column, byte[] text) {
        int start = start(column);
        return Arrays.equals(bytes, start, start + Math.max(0, length(column)), text, 0, text.length);
    }

    String text(LegacyColumn column) {
        return new String(bytes, start(column), length(column), StandardCharsets.UTF_8);
    }

    long bits64(LegacyColumn column) {
        return bits64(start(column));
    }

    UUID uuid(LegacyColumn column) {
        return new UUID(bits64(start(column)), bits64(start(column) + 8));
    }

    private long bits64(int at) {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | bytes[at + i] & 0xFF;
        }
        return bits;
    }
}
