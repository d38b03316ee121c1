package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was measured at one time. What could not be measured, because its tables are absent or nothing happened, is null
 * or missing from its list: it is never zero.
 *
 * @param sources          calls of the last hour, by source
 * @param quality          scores of the last hours, newest first
 * @param tradesByStatus   as of the last validation
 * @param captureFailures  changes of the legacy table that were not noted
 * @param openAlerts       by level
 */
public record Measures(Instant at, List<Source> sources, List<QualityHour> quality, Anomalies anomalies, Accuracy accuracy, Engagement engagement,
                       Suspensions suspensions, Validation validation, Map<String, Long> tradesByStatus, Migration migration, Sync sync,
                       Long captureFailures, Verification verification, Map<String, Long> openAlerts) {

    /** Calls of one source: those of the last hour, and of them those of the last five minutes. Times in milliseconds. */
    public record Source(String source, long calls, long failures, Double meanMs, Double p95Ms, long recentCalls, long recentFailures,
                         Double recentMeanMs) {

        /** Percent of the last hour's calls that succeeded. */
        public double reliability() {
            return 100.0 * (calls - failures) / calls;
        }
    }

    /** @param dataQualityScore null when the hour was caught up from candles alone */
    public record QualityHour(Instant hour, Integer dataQualityScore) {
    }

    /** @param fatal what the newest FATAL anomaly of the last five minutes was; null when there was none */
    public record Anomalies(long lastHour, long hourBefore, String fatal) {
    }

    /** @param open null when generation is not suspended */
    public record Suspensions(OpenSuspension open) {
    }

    /** @param endsAt first instant at which signals may be generated again */
    public record OpenSuspension(String reason, Instant endsAt) {
    }

    /** @param overallAccuracyRate percent; null when nothing was decided */
    public record Accuracy(BigDecimal overallAccuracyRate, long decided) {
    }

    /** Users who made a signal by Quantum, each counted once a day. */
    public record Engagement(long usersLastDay, long usersDayBefore) {
    }

    /**
     * @param firstStarted null when none was ever begun
     * @param lastFinished null when none ever did
     */
    public record Validation(Instant firstStarted, Instant lastFinished, Double lastSeconds, long finished, long failed, long abandoned) {

        /** Null when none ever finished. */
        public Duration age(Instant now) {
            return lastFinished == null ? null : Duration.between(lastFinished, now);
        }
    }

    /**
     * @param runId         null when there was no run yet
     * @param silentSeconds since its last progress; null unless it runs and is not paused
     */
    public record Migration(UUID runId, String state, Long rowsDone, Long candidateRows, Double rate, Double silentSeconds,
                            long quarantineOpen) {
    }

    /** @param failure null while it works */
    public record Sync(String state, String failure, Long pending, Double lagSeconds, Long openConflicts, Long carryPending) {

        boolean on() {
            return "ON".equals(state);
        }
    }

    /** @param settledDifferences those that are older than what sync may be behind */
    public record Verification(Instant finishedAt, Long rowsCompared, Long differences, Long settledDifferences) {
    }
}
