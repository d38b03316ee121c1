package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.market.SourceFailure.Kind;

class RetryRuleTest {

    private static final Instant NOW = Instant.parse("2024-03-05T12:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private final RetryRule rule = new RetryRule(5, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(2));

    private static SourceFailure failure(Kind kind, Integer status, Duration retryAfter) {
        return new SourceFailure(Source.KRAKEN, "ticker", kind, "x", status, retryAfter);
    }

    private Duration next(SourceFailure failure, int made, Duration left) {
        return rule.next(failure, made, NOW, NOW.plus(left), TIMEOUT).orElse(null);
    }

    @Test
    void waits_one_two_four_and_never_more_than_five_seconds() {
        SourceFailure failure = failure(Kind.TIMEOUT, null, null);
        assertThat(next(failure, 1, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(next(failure, 2, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(next(failure, 3, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(4));
        assertThat(next(failure, 4, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(next(failure, 5, Duration.ofMinutes(1))).isNull();
    }

    @Test
    void asks_again_only_when_the_answer_can_come_in_time() {
        SourceFailure failure = failure(Kind.TIMEOUT, null, null);
        assertThat(next(failure, 1, Duration.ofSeconds(11))).isEqualTo(Duration.ofSeconds(1));
        assertThat(next(failure, 1, Duration.ofSeconds(11).minusMillis(1))).isNull();
    }

    @Test
    void respects_retry_after_when_it_fits_and_gives_up_when_it_does_not() {
        SourceFailure failure = failure(Kind.RATE_LIMITED, 429, Duration.ofSeconds(30));
        assertThat(next(failure, 1, Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(30));
        assertThat(next(failure, 1, Duration.ofSeconds(39))).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"SOURCE_ERROR", "BAD_PAYLOAD", "EMPTY", "MISSING_FIELD", "CIRCUIT_OPEN", "OUT_OF_TIME"})
    void does_not_ask_again_what_will_not_change(Kind kind) {
        assertThat(next(failure(kind, 200, null), 1, Duration.ofMinutes(1))).isNull();
    }

    @Test
    void a_refused_key_is_not_tried_again_but_a_broken_server_is() {
        assertThat(next(failure(Kind.HTTP_STATUS, 401, null), 1, Duration.ofMinutes(1))).isNull();
        assertThat(next(failure(Kind.HTTP_STATUS, 403, null), 1, Duration.ofMinutes(1))).isNull();
        assertThat(next(failure(Kind.HTTP_STATUS, 503, null), 1, Duration.ofMinutes(1))).isNotNull();
    }

    @Test
    void reads_retry_after_as_seconds_and_as_a_date() {
        FailureNaming naming = new FailureNaming(Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(naming.wait("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(naming.wait("Tue, 5 Mar 2024 12:00:09 GMT")).isEqualTo(Duration.ofSeconds(9));
        assertThat(naming.wait("Tue, 5 Mar 2024 11:00:00 GMT")).isZero();
        assertThat(naming.wait("soon")).isNull();
        assertThat(naming.wait(null)).isNull();
    }
}
