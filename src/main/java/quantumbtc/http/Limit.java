package quantumbtc.http;

import java.time.Duration;

/** How often one user may do something; counted for all nodes together. */
public enum Limit {

    /** Requests that change something. */
    WRITES(10, Duration.ofMinutes(1), "Rate limit exceeded. Please slow down."),
    /** New trade signals. */
    GENERATIONS(1, Duration.ofSeconds(60),
            "Rate limit exceeded. Please wait 60 seconds before generating another trade.");

    private final int times;
    private final Duration period;
    private final String message;

    Limit(int times, Duration period, String message) {
        this.times = times;
        this.period = period;
        this.message = message;
    }

    int times() {
        return times;
    }

    Duration period() {
        return period;
    }

    String message() {
        return message;
    }
}
