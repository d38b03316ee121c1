package quantumbtc.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says of measurements which rules hold. Pure. What was not measured, or too seldom to say anything, gives no finding.
 */
public final class AlertRules {

    private static final int FEWEST_CALLS = 10;
    private static final int FEWEST_RECENT_CALLS = 5;
    private static final int FEWEST_DECIDED = 20;
    private static final int FEWEST_ANOMALIES = 5;
    private static final int FEWEST_USERS = 20;
    private static final int LOW_QUALITY = 70;
    private static final int LOW_RELIABILITY = 90;
    private static final int LOW_ACCURACY = 60;
    private static final double ERROR_PERCENT = 5;
    private static final double ALL_FAILING_PERCENT = 90;
    private static final double SLOW_MS = 10_000;

    private final AlertLimits limits;
    private final Instant begun;

    /** @param begun when this node began to watch: a validation that never ran is late from there on */
    public AlertRules(AlertLimits limits, Instant begun) {
        this.limits = limits;
        this.begun = begun;
    }

    List<Finding> judge(Measures measures) {
        List<Finding> findings = new ArrayList<>();
        suspension(measures.suspensions(), findings);
        anomalies(measures.anomalies(), findings);
        sources(measures.sources(), findings);
        quality(measures.quality(), measures.at(), findings);
        validation(measures.validation(), measures.at(), findings);
        accuracy(measures.accuracy(), findings);
        engagement(measures.engagement(), findings);
        migration(measures.migration(), findings);
        sync(measures.sync(), findings);
        if (measures.captureFailures() != null) {
            findings.add(Finding.of(AlertRule.CAPTURE_FAILED, measures.captureFailures() > 0, measures.captureFailures()
                    + " changes of the legacy table could not be noted; a whole verification finds them"));
        }
        verification(measures.verification(), findings);
        return findings;
    }

    private static void suspension(Measures.Suspensions suspensions, List<Finding> findings) {
        if (suspensions != null) {
            Measures.OpenSuspension open = suspensions.open();
            findings.add(Finding.of(AlertRule.SUSPENSION, open != null,
                    open == null ? "" : "Generation is suspended until " + open.endsAt() + ": " + open.reason()));
        }
    }

    private static void anomalies(Measures.Anomalies anomalies, List<Finding> findings) {
        if (anomalies == null) {
            return;
        }
        findings.add(Finding.of(AlertRule.FATAL_ANOMALY, anomalies.fatal() != null, "FATAL anomaly: " + anomalies.fatal()));
        boolean more = anomalies.lastHour() >= FEWEST_ANOMALIES && 2 * anomalies.lastHour() > 3 * anomalies.hourBefore();
        findings.add(Finding.of(AlertRule.MORE_ANOMALIES, more, anomalies.lastHour() + " anomalies in the last hour, "
                + anomalies.hourBefore() + " in the hour before"));
    }

    private static void sources(List<Measures.Source> sources, List<Finding> findings) {
        long calls = sources.stream().mapToLong(Measures.Source::recentCalls).sum();
        if (calls >= FEWEST_RECENT_CALLS) {
            double failed = 100.0 * sources.stream().mapToLong(Measures.Source::recentFailures).sum() / calls;
            String message = text("%.1f %% of %d calls to the sources failed in the last five minutes", failed, calls);
            findings.add(Finding.of(AlertRule.ALL_SOURCES_FAILING, failed > ALL_FAILING_PERCENT, message));
            findings.add(Finding.of(AlertRule.ERROR_RATE, failed > ERROR_PERCENT, message));
        }
        for (Measures.Source source : sources) {
            if (source.calls() >= FEWEST_CALLS) {
                findings.add(new Finding(AlertRule.LOW_RELIABILITY, source.source(), source.reliability() < LOW_RELIABILITY,
                        text("%s answered %.1f %% of %d calls in the last hour", source.source(), source.reliability(), source.calls())));
            }
            if (source.recentMeanMs() != null) {
                findings.add(new Finding(AlertRule.SLOW_SOURCE, source.source(), source.recentMeanMs() > SLOW_MS,
                        text("%s took %.1f s for an answer in the last five minutes", source.source(), source.recentMeanMs() / 1_000)));
            }
        }
    }

    /** Three hours each below the limit, without a gap: their average may be below it with one bad hour alone. */
    private static void quality(List<Measures.QualityHour> hours, Instant now, List<Finding> findings) {
        if (hours.isEmpty() || hours.get(0).dataQualityScore() == null
                || Duration.between(hours.get(0).hour(), now).compareTo(Duration.ofHours(2)) >= 0) {
            return;
        }
        int low = 0;
        while (low < hours.size() && hours.get(low).dataQualityScore() != null && hours.get(low).dataQualityScore() < LOW_QUALITY
                && hours.get(low).hour().equals(hours.get(0).hour().minus(Duration.ofHours(low)))) {
            low++;
        }
        findings.add(Finding.of(AlertRule.LOW_QUALITY, low >= 3, "Data quality was below " + LOW_QUALITY + " in each of the last "
                + low + " hours; it is " + hours.get(0).dataQualityScore()));
    }

    private void validation(Measures.Validation validation, Instant now, List<Finding> findings) {
        if (validation == null) {
            return;
        }
        // A program that ends again and again before the limit must not put the alert off for ever.
        boolean triedBefore = validation.firstStarted() != null && validation.firstStarted().isBefore(begun);
        Instant since = validation.lastFinished() != null ? validation.lastFinished() : triedBefore ? validation.firstStarted() : begun;
        long minutes = Duration.between(since, now).toMinutes();
        findings.add(Finding.of(AlertRule.VALIDATION_LATE, minutes >= limits.validationMinutes(),
                "No validation finished for " + minutes + " minutes"
                        + (validation.lastFinished() == null ? "; none ever did" : ", since " + validation.lastFinished())));
    }

    private static void accuracy(Measures.Accuracy accuracy, List<Finding> findings) {
        if (accuracy != null && accuracy.overallAccuracyRate() != null && accuracy.decided() >= FEWEST_DECIDED) {
            findings.add(Finding.of(AlertRule.LOW_ACCURACY, accuracy.overallAccuracyRate().doubleValue() < LOW_ACCURACY,
                    text("%.1f %% of %d trades that are over hit their first target", accuracy.overallAccuracyRate(), accuracy.decided())));
        }
    }

    /** Users who asked for a signal; too few of them the day before say nothing. */
    private static void engagement(Measures.Engagement engagement, List<Finding> findings) {
        if (engagement != null && engagement.usersDayBefore() >= FEWEST_USERS) {
            findings.add(Finding.of(AlertRule.LESS_ENGAGEMENT, 4 * engagement.usersLastDay() <= 3 * engagement.usersDayBefore(),
                    engagement.usersLastDay() + " users made a signal in the last day, " + engagement.usersDayBefore() + " in the day before"));
        }
    }

    private void migration(Measures.Migration migration, List<Finding> findings) {
        if (migration == null) {
            return;
        }
        findings.add(Finding.of(AlertRule.QUARANTINE_OPEN, migration.quarantineOpen() > 0,
                migration.quarantineOpen() + " rows wait in quarantine"));
        boolean stalled = migration.silentSeconds() != null && migration.silentSeconds() > limits.stall().toSeconds();
        findings.add(Finding.of(AlertRule.MIGRATION_STALLED, stalled, stalled
                ? text("Migration %s has made no progress for %.0f seconds", migration.runId(), migration.silentSeconds())
                : "The migration makes progress, or none is running"));
    }

    private void sync(Measures.Sync sync, List<Finding> findings) {
        if (sync == null) {
            return;
        }
        findings.add(Finding.of(AlertRule.SYNC_FAILED, sync.failure() != null, "Sync does not go on: " + sync.failure()));
        if (sync.lagSeconds() != null) {
            findings.add(Finding.of(AlertRule.SYNC_LAG, sync.on() && sync.lagSeconds() > limits.syncLag().toSeconds(),
                    text("Sync is %.0f seconds behind with %d changes", sync.lagSeconds(), sync.pending())));
        }
        if (sync.openConflicts() != null) {
            findings.add(Finding.of(AlertRule.CONFLICTS_OPEN, sync.openConflicts() > 0, sync.openConflicts() + " conflicts wait for a decision"));
        }
    }

    private static void verification(Measures.Verification verification, List<Finding> findings) {
        if (verification != null && verification.settledDifferences() != null) {
            findings.add(Finding.of(AlertRule.VERIFICATION_DIFFERS, verification.settledDifferences() > 0,
                    verification.settledDifferences() + " rows differ between ATGE and Quantum, by the comparison of " + verification.finishedAt()));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
