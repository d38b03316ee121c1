package quantumbtc.http;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Counts what a user does, in PostgreSQL, so that all nodes count together. A count locks the user's row for one short
 * transaction and holds no session lock, so it works through a transaction pooler too.
 */
public final class RateLimits {

    private static final int ROWS_SWEPT = 500;
    private static final int CALLS_BETWEEN_SWEEPS = 1_000;

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final AtomicInteger calls = new AtomicInteger();

    public RateLimits(DataSource dataSource, Clock clock) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("quantum_ops.rate_limits")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .clientClock(nanosOf(clock))
                .build();
    }

    /**
     * Counts one more.
     *
     * @throws Problem 429 with the time to wait when the limit is reached; then nothing is counted. Nothing is
     *                 refused while the table of the limits is not there
     */
    public void take(Limit limit, UUID user) {
        try {
            sweep();
            ConsumptionProbe probe = bucket(limit, user).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw Problem.tooManyRequests(limit.message(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        } catch (BucketExceptions.BucketExecutionException e) {
            // After a rollback the table is gone, and what can still be asked for is to migrate again.
            if (!(e.getCause() instanceof SQLException sql && Problems.TABLE_MISSING.contains(sql.getSQLState()))) {
                throw e;
            }
        }
    }

    /** Uncounts one, for an attempt that came to nothing through no fault of the user's. */
    public void giveBack(Limit limit, UUID user) {
        bucket(limit, user).addTokens(1);
    }

    private BucketProxy bucket(Limit limit, UUID user) {
        return buckets.builder().build(limit.name().toLowerCase(java.util.Locale.ROOT) + ":" + user, () -> configuration(limit));
    }

    private static BucketConfiguration configuration(Limit limit) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder().capacity(limit.times()).refillGreedy(limit.times(), limit.period()).build())
                .build();
    }

    /** Full buckets say nothing: their rows go, a few at a time. */
    private void sweep() {
        if (calls.getAndIncrement() % CALLS_BETWEEN_SWEEPS == 0) {
            buckets.removeExpired(ROWS_SWEPT);
        }
    }

    private static TimeMeter nanosOf(Clock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
