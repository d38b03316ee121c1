package quantumbtc.monitoring;

import java.time.Duration;
import java.time.Instant;

/** Writes how long something lasted, as people say it. */
final class Spans {

    private Spans() {
    }

    static String text(Instant from, Instant to) {
        Duration span = Duration.between(from, to);
        if (span.toMinutes() < 2) {
            return span.toSeconds() + " s";
        }
        return span.toHours() < 2 ? span.toMinutes() + " min" : span.toHours() + " h " + span.toMinutesPart() + " min";
    }
}
