package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestDatabase;

class CallLogTest {

    private final TestDatabase test = TestDatabase.withSchema();

    @AfterEach
    void close() {
        test.close();
    }

    private static ApiCall call() {
        return new ApiCall(Source.KRAKEN, "/0/public/Ticker", Instant.parse("2024-03-05T12:00:00Z"), 12, 200, null, 0, 100);
    }

    @Test
    void closing_writes_what_waits() {
        CallLog log = new CallLog(test.database().jdbi(), 10_000, Duration.ofMinutes(10));
        for (int i = 0; i < 1_234; i++) {
            log.add(call());
        }
        log.close();
        assertThat(test.count("api_latency_reliability_logs")).isEqualTo(1_234);
        assertThat(log.dropped()).isZero();
    }

    @Test
    void drops_and_counts_when_full_and_recovers_when_the_database_is_back() {
        test.execute("ALTER TABLE api_latency_reliability_logs RENAME TO away");
        CallLog log = new CallLog(test.database().jdbi(), 100, Duration.ofMillis(10));
        for (int i = 0; i < 2_000; i++) {
            log.add(call());
        }
        assertThat(log.dropped()).isBetween(1_300L, 1_900L);
        test.execute("ALTER TABLE away RENAME TO api_latency_reliability_logs");
        log.close();
        assertThat(test.count("api_latency_reliability_logs")).isEqualTo(2_000 - log.dropped());
    }
}
