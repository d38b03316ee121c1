package quantumbtc.migration;

import java.util.Arrays;

/** Rows for a binary COPY into btc_trades, gathered in one growing buffer. */
final class TradeRows {

    /** Columns of btc_trades in the order in which {@link LegacyTradeMapper} writes them. */
    static final String COLUMNS = "id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, "
            + "stop_loss_price, max_loss_percent, timeframe, timeframe_hours, confidence_score, quantum_reasoning, "
            + "mathematical_justification, data_quality_score, status, generated_at, expires_at, created_at, updated_at";
    /**
     * With those that are the same for every migrated trade. The table's own defaults are these values, and are not sent: to
     * parse two JSON documents a row would be a large part of the server's work.
     */
    static final String ALL_COLUMNS = COLUMNS + ", tp1_allocation, tp2_allocation, tp3_allocation, wave_pattern_collapse, "
            + "cross_api_proof, historical_triggers";
    private static final int COLUMN_COUNT = 22;
    private static final int LENGTH_BYTES = 4;

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private byte[] bytes = new byte[1 << 17];
    private int length;
    private int rowStart;

    /** The mark with which a binary COPY begins. */
    static byte[] header() {
        return SIGNATURE.clone();
    }

    /** The mark with which it ends. */
    static byte[] trailer() {
        return new byte[] {(byte) 0xFF, (byte) 0xFF};
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void begin() {
        rowStart = length;
        int16(COLUMN_COUNT);
    }

    /** Takes back what was written since {@link #begin()}. */
    void discard() {
        length = rowStart;
    }

    /** A field as the server sent it; it writes a field's length before it just as it reads it. */
    void field(LegacyRow row, LegacyColumn column) {
        append(row.bytes(), row.start(column) - LENGTH_BYTES, LENGTH_BYTES + row.length(column));
    }

    void field(byte[] whole) {
        int32(whole.length);
        append(whole, 0, whole.length);
    }

    /** One text in three parts. */
    void field(byte[] before, byte[] middle, byte[] after) {
        int32(before.length + middle.length + after.length);
        append(before, 0, before.length);
        append(middle, 0, middle.length);
        append(after, 0, after.length);
    }

    void field(int number) {
        int32(4);
        int32(number);
    }

    void nothing() {
        int32(-1);
    }

    private void append(byte[] source, int start, int count) {
        room(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
    }

    private void int16(int number) {
        room(2);
        bytes[length++] = (byte) (number >> 8);
        bytes[length++] = (byte) number;
    }

    private void int32(int number) {
        room(4);
        bytes[length++] = (byte) (number >> 24);
        bytes[length++] = (byte) (number >> 16);
        bytes[length++] = (byte) (number >> 8);
        bytes[length++] = (byte) number;
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
