package quantumbtc.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import quantumbtc.migration.MigrationStatus;

/** A run for people. */
final class StatusText {

    private StatusText() {
    }

    static String of(MigrationStatus status) {
        StringBuilder text = new StringBuilder();
        line(text, "run", status.runId() + " from " + status.sourceTable());
        line(text, "state", status.state() + state(status));
        line(text, "step", status.step());
        line(text, "chunks", status.chunksDone() + " of " + status.chunks() + " done");
        line(text, "rows", String.format(Locale.ROOT, "%,d of %,d read, %,d migrated, %,d in quarantine (%,d open)",
                status.rowsDone(), status.candidateRows(), status.rowsMigrated(), status.rowsQuarantined(), status.quarantineOpen()));
        if (status.rowsPerSecond() != null) {
            line(text, "rate", String.format(Locale.ROOT, "%,.0f rows/s", status.rowsPerSecond())
                    + (status.etaSeconds() == null ? "" : ", " + ProgressLine.human(Duration.ofSeconds(status.etaSeconds())) + " left"));
        }
        if (status.throttleReason() != null) {
            line(text, "throttled", status.throttleReason());
        }
        if (status.stalledSeconds() != null) {
            line(text, "STALLED", "no progress for " + ProgressLine.human(Duration.ofSeconds(status.stalledSeconds())));
        }
        if (status.deferredIndexes()) {
            line(text, "indexes", "built after the load");
        }
        if (status.failure() != null) {
            line(text, "failure", status.failure());
        }
        line(text, "started", String.valueOf(status.startedAt()));
        if (status.finishedAt() != null) {
            line(text, "finished", status.finishedAt() + " (" + ProgressLine.human(Duration.between(status.startedAt(), status.finishedAt())) + ")");
        }
        return text.toString();
    }

    private static String state(MigrationStatus status) {
        if (!status.state().equals("RUNNING")) {
            return "";
        }
        if (!status.alive()) {
            return ", but its process " + status.pid() + " on " + status.host() + " is silent: migrate run goes on where it was";
        }
        return switch (status.wanted()) {
            case "PAUSE" -> ", paused";
            case "CANCEL" -> ", being cancelled";
            default -> "";
        };
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-10s %s%n", name, value));
    }

    static ProgressLine progress(MigrationStatus status, Clock clock) {
        return new ProgressLine(clock.instant(), status.rowsDone(), status.chunks() == 0 ? null : status.candidateRows(),
                status.rowsPerSecond() == null ? null : status.rowsPerSecond().doubleValue(),
                status.etaSeconds() == null ? null : Duration.ofSeconds(status.etaSeconds()),
                status.rowsQuarantined(), status.wanted().equals("PAUSE") ? "paused" : status.throttleReason(),
                Duration.ofSeconds(status.stalledSeconds() == null ? 0 : status.stalledSeconds()));
    }
}
