package quantumbtc.validation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.copy.CopyIn;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** Brings verdicts into a temporary table of the shard's transaction, in a few COPYs whatever their number. */
final class VerdictTable {

    /** Characters that are gathered before they are sent. */
    private static final int CHUNK = 4_000_000;
    private static final String COPY = "COPY verdicts FROM STDIN";
    /** First number that numeric(20,8) cannot hold. */
    private static final BigDecimal TOO_LARGE = new BigDecimal("1000000000000");

    private final Connection connection;
    private final StringBuilder rows = new StringBuilder(CHUNK / 16);

    VerdictTable(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(Sql.of("validation/make-verdicts"));
        }
    }

    /** @throws IllegalArgumentException when a number does not fit its column; the trade is not added */
    void add(TradesToJudge.Row row, Verdict verdict) throws SQLException {
        requireFits(verdict.profitUsd(), "profit");
        requireFits(verdict.exitPrice(), "exit price");
        Standing standing = verdict.standing();
        append(row.trade().id(), row.known(), row.status(), verdict.status(), verdict.reason(), standing.cameFrom(),
                standing.enteredAt(), standing.entryPrice(), standing.target1At(), standing.target2At(), standing.target3At(),
                verdict.stopAt(), verdict.exitPrice(), verdict.profitUsd(), standing.ambiguous(), standing.singleVenue(),
                verdict.endedAt(), null);
    }

    /** A trade that could not be judged stays what it is, and is judged from the same time again. */
    void addFailed(TradesToJudge.Row row) throws SQLException {
        Standing standing = row.trade().standing();
        append(row.trade().id(), row.known(), row.status(), row.status(), null, standing.cameFrom(), standing.enteredAt(),
                standing.entryPrice(), standing.target1At(), standing.target2At(), standing.target3At(), null, null, null,
                standing.ambiguous(), standing.singleVenue(), null, row.trade().from());
    }

    private static void requireFits(BigDecimal number, String name) {
        if (number != null && number.abs().compareTo(TOO_LARGE) >= 0) {
            throw new IllegalArgumentException(name + " " + number.toPlainString() + " USD is beyond what can be stored");
        }
    }

    private void append(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(text(values[i]));
        }
        rows.append('\n');
        if (rows.length() >= CHUNK) {
            flush();
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "\\N";
        }
        if (value instanceof Boolean bool) {
            return bool ? "t" : "f";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof Enum<?> word ? word.name() : value.toString();
    }

    /** Sends what was gathered. */
    void flush() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        CopyIn copy = Database.postgres(connection).getCopyAPI().copyIn(COPY);
        byte[] bytes = rows.toString().getBytes(StandardCharsets.US_ASCII);
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.endCopy();
        rows.setLength(0);
    }
}
