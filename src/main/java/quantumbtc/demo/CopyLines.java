package quantumbtc.demo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import quantumbtc.db.Database;

/** Rows on their way into a table by COPY's text format; null stands for NULL. Closed without finish, nothing is kept. */
final class CopyLines implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final CopyIn copy;
    private final StringBuilder lines = new StringBuilder(BUFFER + 4_096);

    CopyLines(Connection connection, String statement) throws SQLException {
        this.copy = Database.postgres(connection).getCopyAPI().copyIn(statement);
    }

    void write(String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                lines.append('\t');
            }
            append(values[i]);
        }
        lines.append('\n');
        if (lines.length() >= BUFFER) {
            flush();
        }
    }

    private void append(String value) {
        if (value == null) {
            lines.append("\\N");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> lines.append("\\\\");
                case '\n' -> lines.append("\\n");
                case '\r' -> lines.append("\\r");
                case '\t' -> lines.append("\\t");
                default -> lines.append(c);
            }
        }
    }

    private void flush() throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    /** Sends what is left; the rows are there once the transaction commits. */
    void finish() throws SQLException {
        flush();
        copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
