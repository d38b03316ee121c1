package quantumbtc.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by method, endpoint and status: never by path, which clients make up. */
public final class Traffic {

    private static final Duration FASTEST = Duration.ofMillis(1);
    private static final Duration SLOWEST = Duration.ofSeconds(60);

    private final MeterRegistry meters;

    public Traffic(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param template of the endpoint, such as {@code /api/quantum/migrations/{runId}} */
    void answered(String method, String template, int status, long nanos) {
        Timer.builder("quantum_btc.http.requests")
                .description("Requests by endpoint and status")
                .tags("method", method, "endpoint", template, "status", Integer.toString(status))
                .publishPercentileHistogram()
                .minimumExpectedValue(FASTEST)
                .maximumExpectedValue(SLOWEST)
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
