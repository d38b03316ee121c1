package quantumbtc.monitoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** How good the data was over the last days: quality hour by hour, how the sources answered, and what was odd. */
public final class MarketHistory {

    /** Up to so many days sources are shown by the hour, else by the day. */
    private static final int DAYS_BY_HOUR = 7;

    private final Database database;
    private final Clock clock;

    public MarketHistory(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param hours     oldest first
     * @param sources   oldest first
     * @param anomalies newest first, at most 200
     */
    public record History(Instant since, List<Hour> hours, List<SourceSpan> sources, List<MarketAnomaly> anomalies) {
    }

    /**
     * @param dataQualityScore 0 to 100; null when the hour was caught up from candles alone
     * @param phaseShift       null when it cannot be told
     */
    public record Hour(Instant hour, BigDecimal price, Integer dataQualityScore, Boolean phaseShift) {
    }

    /**
     * Calls of one source from start on, for an hour or a day.
     *
     * @param reliability percent of the calls that succeeded
     * @param meanMs      null when no time was measured
     */
    public record SourceSpan(Instant start, String source, long calls, long failures, double reliability, Double meanMs) {
    }

    /**
     * One row of quantum_anomaly_logs.
     *
     * @param tradeId the trade that it is about; null when it is about the market or the sources
     */
    public record MarketAnomaly(UUID id, @JsonProperty("trade_id") UUID tradeId, @JsonProperty("anomaly_type") String type, String severity, String description, String impact,
                                @JsonProperty("system_suspended") boolean suspended,
                                @JsonProperty("suspension_duration_minutes") Integer minutes,
                                @JsonProperty("detected_at") Instant detectedAt, @JsonProperty("resolved_at") Instant resolvedAt) {
    }

    /** Calls of the sources, newest first, at most 200. */
    public record CallPage(List<Call> calls) {
    }

    /** One row of api_latency_reliability_logs; what was not known is null. */
    public record Call(@JsonProperty("api_name") String apiName, String endpoint, @JsonProperty("http_method") String method,
                       @JsonProperty("response_time_ms") Integer responseTimeMs, @JsonProperty("status_code") Integer statusCode, boolean success,
                       @JsonProperty("error_type") String errorType, @JsonProperty("error_message") String errorMessage,
                       @JsonProperty("retry_count") Integer retryCount, @JsonProperty("called_at") Instant calledAt) {
    }

    /**
     * With the anomalies of everybody's trades.
     *
     * @param days how far back
     */
    public History last(int days) {
        return last(days, null);
    }

    /**
     * With the anomalies of one user's trades and of no trade.
     *
     * @param days how far back
     * @param user null for everybody
     */
    public History last(int days, UUID user) {
        Instant since = since(days);
        return database.jdbi().withHandle(handle -> new History(since, hours(handle, since),
                sources(handle, since, days <= DAYS_BY_HOUR ? "hour" : "day"), anomalies(handle, since, user)));
    }

    /**
     * @param days   how far back
     * @param source its name; null for all
     * @param failed true for those alone that failed
     */
    public CallPage calls(int days, String source, boolean failed) {
        return database.jdbi().withHandle(handle -> new CallPage(handle.createQuery(Sql.of("monitoring/list-calls"))
                .bind("since", since(days).atOffset(ZoneOffset.UTC)).bindByType("source", source, String.class).bind("failed", failed)
                .map((row, context) -> new Call(row.getString("api_name"), row.getString("endpoint"), row.getString("http_method"),
                        row.getObject("response_time_ms", Integer.class), row.getObject("status_code", Integer.class), row.getBoolean("success"),
                        row.getString("error_type"), row.getString("error_message"), row.getObject("retry_count", Integer.class),
                        time(row, "called_at"))).list()));
    }

    private Instant since(int days) {
        return clock.instant().minus(Duration.ofDays(days));
    }

    private static List<Hour> hours(Handle handle, Instant since) {
        return handle.createQuery(Sql.of("monitoring/list-market-hours")).bind("since", since.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Hour(time(row, "hour"), row.getBigDecimal("price"),
                        row.getObject("data_quality_score", Integer.class), row.getObject("phase_shift", Boolean.class))).list();
    }

    private static List<SourceSpan> sources(Handle handle, Instant since, String span) {
        return handle.createQuery(Sql.of("monitoring/list-source-spans")).bind("since", since.atOffset(ZoneOffset.UTC)).bind("span", span)
                .map((row, context) -> {
                    long calls = row.getLong("calls");
                    long failures = row.getLong("failures");
                    return new SourceSpan(time(row, "start"), row.getString("source"), calls, failures,
                            100.0 * (calls - failures) / calls, row.getObject("mean_ms", Double.class));
                }).list();
    }

    private static List<MarketAnomaly> anomalies(Handle handle, Instant since, UUID user) {
        return handle.createQuery(Sql.of("monitoring/list-market-anomalies")).bind("since", since.atOffset(ZoneOffset.UTC))
                .bindByType("user", user, UUID.class)
                .map((row, context) -> new MarketAnomaly(row.getObject("id", UUID.class), row.getObject("trade_id", UUID.class), row.getString("anomaly_type"),
                        row.getString("severity"), row.getString("description"), row.getString("impact"),
                        row.getBoolean("system_suspended"), row.getObject("suspension_duration_minutes", Integer.class),
                        time(row, "detected_at"), time(row, "resolved_at"))).list();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
