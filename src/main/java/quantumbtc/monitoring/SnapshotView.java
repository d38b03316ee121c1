package quantumbtc.monitoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One hour of a trade, under the column names that clients know. What was unknown is null.
 *
 * @param takenAt when within that hour the price was true; null when that was not kept
 */
public record SnapshotView(UUID id, @JsonProperty("trade_id") UUID tradeId, BigDecimal price, @JsonProperty("volume_24h") BigDecimal volume24h,
                           @JsonProperty("market_cap") BigDecimal marketCap, @JsonProperty("mempool_size") Integer mempoolSize,
                           @JsonProperty("whale_transactions") Integer whaleTransactions, @JsonProperty("sentiment_score") Integer sentimentScore,
                           @JsonProperty("social_dominance") BigDecimal socialDominance,
                           @JsonProperty("deviation_from_prediction") BigDecimal deviation,
                           @JsonProperty("phase_shift_detected") Boolean phaseShift, @JsonProperty("data_quality_score") Integer dataQuality,
                           @JsonProperty("snapshot_at") Instant snapshotAt, @JsonProperty("taken_at") Instant takenAt) {

    /** The table's key is trade and hour; clients expect one id, so it is made of both. */
    static SnapshotView read(UUID tradeId, ResultSet row) throws SQLException {
        Instant at = row.getObject("snapshot_at", OffsetDateTime.class).toInstant();
        OffsetDateTime taken = row.getObject("taken_at", OffsetDateTime.class);
        return new SnapshotView(UUID.nameUUIDFromBytes((tradeId + "/" + at).getBytes(StandardCharsets.US_ASCII)), tradeId,
                row.getBigDecimal("price"), row.getBigDecimal("volume_24h"), row.getBigDecimal("market_cap"),
                row.getObject("mempool_size", Integer.class), row.getObject("whale_transactions", Integer.class),
                row.getObject("sentiment_score", Integer.class), row.getBigDecimal("social_dominance"),
                row.getBigDecimal("deviation_from_prediction"), row.getObject("phase_shift_detected", Boolean.class),
                row.getObject("data_quality_score", Integer.class), at, taken == null ? null : taken.toInstant());
    }
}
