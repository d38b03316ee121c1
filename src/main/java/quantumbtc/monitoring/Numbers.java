package quantumbtc.monitoring;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers from the database in Prometheus form. A scrape reads at most once, and what is not known has no line:
 * a zero would look like a measurement.
 */
public final class Numbers implements MultiCollector {

    private static final Logger log = LoggerFactory.getLogger(Numbers.class);
    /** Shorter than what a scraper waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Measuring measuring;

    public Numbers(Measuring measuring) {
        this.measuring = measuring;
    }

    @Override
    public MetricSnapshots collect() {
        Lines lines = new Lines();
        try {
            Optional<Measures> read = measuring.lately(PATIENCE);
            lines.add("database_up", "1 when the database answered, else 0", read.isPresent() ? 1 : 0);
            read.ifPresent(measures -> lines(measures, lines));
        } catch (IllegalStateException e) {
            log.error("metrics: {}", e.getMessage());
        }
        return lines.snapshots();
    }

    private static void lines(Measures measures, Lines lines) {
        Instant now = measures.at();
        for (Measures.Source source : measures.sources()) {
            lines.add("source_calls_last_hour", "Calls to a source in the last hour", source.calls(), "source", source.source());
            lines.add("source_reliability_percent", "Calls of the last hour that succeeded", source.reliability(), "source", source.source());
            lines.add("source_latency_mean_seconds", "Mean time of an answer in the last hour", seconds(source.meanMs()), "source", source.source());
            lines.add("source_latency_p95_seconds", "95th percentile of it", seconds(source.p95Ms()), "source", source.source());
        }
        if (!measures.quality().isEmpty()) {
            lines.add("quality_score", "Data quality of the newest hour, 0 to 100", measures.quality().get(0).dataQualityScore());
        }
        if (measures.suspensions() != null) {
            lines.add("suspended", "1 while generation is suspended", measures.suspensions().open() == null ? 0 : 1);
        }
        if (measures.anomalies() != null) {
            lines.add("anomalies_last_hour", "Anomalies detected in the last hour", measures.anomalies().lastHour());
        }
        if (measures.accuracy() != null) {
            lines.add("accuracy_percent", "Decided trades that hit their first target", measures.accuracy().overallAccuracyRate());
            lines.add("accuracy_decided_trades", "How many decided trades that rests on", measures.accuracy().decided());
        }
        if (measures.engagement() != null) {
            lines.add("users_last_day", "Users who made a signal in the last day", measures.engagement().usersLastDay());
        }
        measures.tradesByStatus().forEach((status, count) ->
                lines.add("trades", "Trades by status, as of the last validation", count, "status", status));
        if (measures.validation() != null) {
            validation(measures.validation(), now, lines);
        }
        if (measures.migration() != null) {
            migration(measures.migration(), lines);
        }
        if (measures.sync() != null) {
            lines.add("sync_lag_seconds", "Age of the oldest change that waits to be applied", measures.sync().lagSeconds());
            lines.add("sync_pending_changes", "Changes that wait to be applied", measures.sync().pending());
            lines.add("sync_carry_pending", "Changes that wait to be carried back to ATGE", measures.sync().carryPending());
            lines.add("sync_conflicts_open", "Conflicts that wait for a decision", measures.sync().openConflicts());
            lines.add("sync_failed", "1 while sync cannot go on", measures.sync().failure() == null ? 0 : 1);
        }
        lines.add("sync_capture_failures", "Changes of the legacy table that could not be noted", measures.captureFailures());
        if (measures.verification() != null) {
            lines.add("verification_differences", "Rows that differ for longer than sync may be behind, by the newest comparison",
                    measures.verification().settledDifferences());
        }
        if (measures.openAlerts() != null) {
            for (AlertLevel level : AlertLevel.values()) {
                lines.add("alerts_open", "Open alerts by level", measures.openAlerts().getOrDefault(level.name(), 0L), "level", level.name());
            }
        }
    }

    private static void validation(Measures.Validation validation, Instant now, Lines lines) {
        lines.add("validation_runs", "Validations by how they ended", validation.finished(), "state", "FINISHED");
        lines.add("validation_runs", "Validations by how they ended", validation.failed(), "state", "FAILED");
        lines.add("validation_runs", "Validations by how they ended", validation.abandoned(), "state", "ABANDONED");
        Duration age = validation.age(now);
        lines.add("validation_age_seconds", "Since the last validation finished", age == null ? null : age.toMillis() / 1_000.0);
        lines.add("validation_last_duration_seconds", "How long the last one took", validation.lastSeconds());
    }

    private static void migration(Measures.Migration migration, Lines lines) {
        lines.add("migration_quarantine_open", "Rows in quarantine that nobody has decided on", migration.quarantineOpen());
        if (migration.runId() != null) {
            lines.add("migration_running", "1 while a run is open", "RUNNING".equals(migration.state()) ? 1 : 0);
            lines.add("migration_rows_done", "Rows read by the newest run", migration.rowsDone());
            lines.add("migration_rows_candidate", "Rows that it is to read", migration.candidateRows());
            lines.add("migration_rows_left", "Rows that it has not read yet", migration.candidateRows() == null || migration.rowsDone() == null
                    ? null : Math.max(0, migration.candidateRows() - migration.rowsDone()));
            lines.add("migration_rows_per_second", "Rows a second over the last seconds", migration.rate());
            lines.add("migration_silent_seconds", "Since its last progress, while it runs", migration.silentSeconds());
        }
    }

    private static Double seconds(Double millis) {
        return millis == null ? null : millis / 1_000;
    }

    /** Lines by metric, in the order in which they were added. */
    private static final class Lines {

        private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();

        /** @param value null leaves the line out */
        void add(String name, String help, Number value, String... labels) {
            if (value != null) {
                gauges.computeIfAbsent(name, key -> GaugeSnapshot.builder().name("quantum_btc_" + key).help(help))
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value(value.doubleValue()).build());
            }
        }

        MetricSnapshots snapshots() {
            MetricSnapshots.Builder all = MetricSnapshots.builder();
            gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
            return all.build();
        }
    }
}
