package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

class RateLimitsTest {

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void two_nodes_count_together() {
        try (TestApp one = TestApp.on(database); TestApp two = TestApp.on(database)) {
            String path = "/api/quantum/migrations/archive";
            one.replace("migration-archive", exchange -> exchange.getMessage().setBody(Map.of()));
            two.replace("migration-archive", exchange -> exchange.getMessage().setBody(Map.of()));
            String user = TestTokens.admin(UUID.randomUUID());
            for (int i = 0; i < 5; i++) {
                assertThat(one.post(path, null, user).statusCode()).isEqualTo(200);
                assertThat(two.post(path, null, user).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = two.post(path, null, user);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 6L);
            assertThat(refused.body()).isEqualTo("{\"success\":false,\"error\":\"Rate limit exceeded. Please slow down.\"}");
            assertThat(one.post(path, null, user).statusCode()).isEqualTo(429);
            assertThat(one.get("/api/quantum/migrations", user).statusCode()).as("reading is not counted").isNotEqualTo(429);
            assertThat(one.post(path, null, TestTokens.admin(UUID.randomUUID())).statusCode()).as("another user").isEqualTo(200);
        }
    }

    @Test
    void a_generation_is_had_once_in_sixty_seconds_and_may_be_given_back() {
        SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        RateLimits limits = new RateLimits(database.database().dataSource(), clock);
        UUID user = UUID.randomUUID();
        limits.take(Limit.GENERATIONS, user);
        clock.pass(Duration.ofSeconds(59));
        assertThatThrownBy(() -> limits.take(Limit.GENERATIONS, user)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.headers()).containsEntry("Retry-After", "1");
            assertThat(problem.getMessage()).contains("wait 60 seconds");
        });
        clock.pass(Duration.ofSeconds(1));
        limits.take(Limit.GENERATIONS, user);
        limits.giveBack(Limit.GENERATIONS, user);
        limits.take(Limit.GENERATIONS, user);
        assertThatThrownBy(() -> limits.take(Limit.GENERATIONS, user)).isInstanceOf(Problem.class);
        limits.take(Limit.WRITES, user);
    }

    @Test
    void without_the_table_nobody_is_refused() {
        try (TestDatabase empty = TestDatabase.empty()) {
            RateLimits limits = new RateLimits(empty.database().dataSource(), Clock.systemUTC());
            UUID user = UUID.randomUUID();
            for (int i = 0; i < 20; i++) {
                limits.take(Limit.WRITES, user);
            }
            assertThat(empty.value("SELECT 1", Integer.class)).as("no connection was lost").isEqualTo(1);
        }
    }

    @Test
    void many_at_once_get_no_more_than_the_limit_and_hold_no_session_lock() throws Exception {
        RateLimits limits = new RateLimits(database.database().dataSource(), new SettableClock(Instant.parse("2026-01-01T00:00:00Z")));
        UUID user = UUID.randomUUID();
        AtomicInteger taken = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 60; i++) {
            threads.submit(() -> {
                limits.take(Limit.WRITES, user);
                taken.incrementAndGet();
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(taken).hasValue(10);
        assertThat(database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", Long.class)).isZero();
    }

    /** Stands still until it is told. */
    private static final class SettableClock extends Clock {

        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        synchronized void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
