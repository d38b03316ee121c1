package quantumbtc.migration;

import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a binary COPY out of the legacy table, one after the other. A message of the server usually holds one
 * row, but nothing promises that: what is left of a message is put before the next.
 */
final class LegacyRows {

    private static final int HEADER_LENGTH = 11;
    private static final int COLUMNS = LegacyColumn.values().length;

    private final CopyOut copy;
    private final LegacyRow row = new LegacyRow();
    private byte[] bytes = new byte[0];
    private int at;
    private boolean headerRead;

    LegacyRows(CopyOut copy) {
        this.copy = copy;
    }

    /** The next row, valid until the next call; null after the last. */
    LegacyRow next() throws SQLException {
        if (!headerRead) {
            readHeader();
        }
        while (true) {
            if (at + 2 <= bytes.length) {
                int columns = (short) ((bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF);
                if (columns == -1) {
                    drain();
                    return null;
                }
                if (parse()) {
                    return row;
                }
            }
            if (!more()) {
                throw new SQLException("the server ended a binary COPY in the middle of a row");
            }
        }
    }

    private void readHeader() throws SQLException {
        while (bytes.length < HEADER_LENGTH + 8) {
            if (!more()) {
                throw new SQLException("the server ended a binary COPY before its header");
            }
        }
        at = HEADER_LENGTH + 8 + int32(bytes, HEADER_LENGTH + 4);
        headerRead = true;
    }

    private boolean parse() {
        int position = at + 2;
        for (int column = 0; column < COLUMNS; column++) {
            if (position + 4 > bytes.length) {
                return false;
            }
            int length = int32(bytes, position);
            position += 4;
            row.set(column, position, length);
            position += Math.max(length, 0);
            if (position > bytes.length) {
                return false;
            }
        }
        row.in(bytes);
        at = position;
        return true;
    }

    private boolean more() throws SQLException {
        byte[] message = copy.readFromCopy(true);
        if (message == null) {
            return false;
        }
        int left = bytes.length - at;
        if (left == 0) {
            bytes = message;
        } else {
            byte[] joined = Arrays.copyOfRange(bytes, at, at + left + message.length);
            System.arraycopy(message, 0, joined, left, message.length);
            bytes = joined;
        }
        at = 0;
        return true;
    }

    private void drain() throws SQLException {
        while (copy.readFromCopy(true) != null) {
            // The end mark was seen; this only lets the driver take note that the COPY is over.
            continue;
        }
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }
}
