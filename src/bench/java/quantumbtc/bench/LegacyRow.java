package quantumbtc.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;

/** A legacy row as the peers in Java hold it: typed objects, as such programs are usually written. */
record LegacyRow(UUID id, UUID userId, String symbol, String status, BigDecimal entry, BigDecimal tp1, BigDecimal tp2,
                 BigDecimal tp3, BigDecimal stop, BigDecimal stopPercentage, String timeframe, Integer hours, Integer confidence,
                 String reasoning, OffsetDateTime generatedAt, OffsetDateTime expiresAt, OffsetDateTime createdAt,
                 OffsetDateTime updatedAt) {

    private static final BigDecimal PERCENT_LIMIT = new BigDecimal(1_000);

    /** Reads the columns of {@code bench/read-candidates}. */
    static LegacyRow read(ResultSet row) throws SQLException {
        return new LegacyRow(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), row.getString(4),
                row.getBigDecimal(5), row.getBigDecimal(6), row.getBigDecimal(7), row.getBigDecimal(8), row.getBigDecimal(9),
                row.getBigDecimal(10), row.getString(11), row.getObject(12, Integer.class), row.getObject(13, Integer.class),
                row.getString(14), row.getObject(15, OffsetDateTime.class), row.getObject(16, OffsetDateTime.class),
                row.getObject(17, OffsetDateTime.class), row.getObject(18, OffsetDateTime.class));
    }

    /** False for the dirt that the demo data plants; the peers leave such rows out. */
    boolean isMigratable() {
        return Stream.of(entry, tp1, tp2, tp3, stop).allMatch(price -> price != null && price.signum() > 0)
                && stopPercentage.abs().compareTo(PERCENT_LIMIT) < 0
                && confidence >= 0 && confidence <= 100
                && !expiresAt.equals(OffsetDateTime.MAX);
    }

    /** Fills {@code bench/insert-trade}. */
    void bind(PreparedStatement insert) throws SQLException {
        Object[] values = {id, userId, symbol, entry, entry, entry, tp1, tp2, tp3, stop, stopPercentage, timeframe, hours, confidence,
                reasoning == null ? "Migrated from ATGE - Original AI analysis" : reasoning,
                "Migrated from ATGE - Original entry price: " + entry.setScale(8, RoundingMode.HALF_UP).toPlainString() + " USD",
                newStatus(), generatedAt, expiresAt, createdAt, updatedAt};
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
    }

    private String newStatus() {
        return switch (status) {
            case "completed_success" -> "HIT";
            case "completed_failure" -> "NOT_HIT";
            case "expired" -> "EXPIRED";
            default -> "ACTIVE";
        };
    }
}
