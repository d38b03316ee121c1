package quantumbtc.trade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Reads a row of {@code btc_trades}, and writes its JSON columns. */
final class TradeRow {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private TradeRow() {
    }

    static Trade read(ResultSet row) throws SQLException {
        return new Trade(row.getObject("id", UUID.class), row.getObject("user_id", UUID.class), row.getString("symbol"),
                new EntryZone(row.getBigDecimal("entry_min"), row.getBigDecimal("entry_max"), row.getBigDecimal("entry_optimal")),
                List.of(target(row, 1), target(row, 2), target(row, 3)),
                row.getBigDecimal("stop_loss_price"), row.getBigDecimal("max_loss_percent"), row.getString("timeframe"),
                row.getObject("timeframe_hours", Integer.class), row.getObject("confidence_score", Integer.class),
                row.getString("quantum_reasoning"), row.getString("mathematical_justification"),
                row.getString("wave_pattern_collapse"), row.getObject("data_quality_score", Integer.class),
                array(row.getString("cross_api_proof"), new TypeReference<List<Proof>>() { }),
                array(row.getString("historical_triggers"), new TypeReference<List<Trigger>>() { }),
                TradeStatus.valueOf(row.getString("status")), time(row, "generated_at"), time(row, "expires_at"),
                time(row, "last_validated_at"));
    }

    private static Target target(ResultSet row, int number) throws SQLException {
        BigDecimal price = row.getBigDecimal("tp" + number + "_price");
        return new Target(price, row.getInt("tp" + number + "_allocation"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Migrated rows hold an empty object where generated ones hold an array. */
    private static <T> List<T> array(String json, TypeReference<List<T>> type) {
        try {
            return json.startsWith("[") ? JSON.readValue(json, type) : List.of();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON column of btc_trades cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trade cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
