package quantumbtc.db;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for locks without queueing live writers behind us: a lock is waited for briefly (lock_timeout), and what could
 * not have it is tried again with exponential back-off and jitter.
 */
public final class LockRetry {

    private static final Logger log = LoggerFactory.getLogger(LockRetry.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final Set<String> TRY_AGAIN = Set.of(LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED);
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 30_000;

    private final int lockTimeoutMs;
    private final int attempts;

    /**
     * @param lockTimeoutMs longest wait for one lock, milliseconds
     * @param attempts      how often in all, at least 1
     */
    public LockRetry(int lockTimeoutMs, int attempts) {
        this.lockTimeoutMs = lockTimeoutMs;
        this.attempts = attempts;
    }

    public int lockTimeoutMs() {
        return lockTimeoutMs;
    }

    /** Limits the waits of the transaction that the handle is in; ends with it, so a pooled session keeps nothing. */
    public void limit(Handle handle) {
        Sql.run(handle, "SET LOCAL lock_timeout = '" + lockTimeoutMs + "ms'");
    }

    /**
     * @param subject   what is tried, for the log and the error
     * @param stateLeft what is the case when no attempt succeeded
     * @param work      fails as a whole, changing nothing, when a lock is not free in time
     * @throws Refused when a lock was not free in any attempt
     */
    public <T> T run(String subject, String stateLeft, Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (Refused e) {
                throw e;
            } catch (RuntimeException e) {
                if (!TRY_AGAIN.contains(Sql.state(e))) {
                    throw e;
                }
                if (attempt >= attempts) {
                    throw new Refused(subject + ": a lock was not free within " + lockTimeoutMs + " ms in " + attempts
                            + " attempts. " + stateLeft, e);
                }
                pause(subject, stateLeft, attempt);
            }
        }
    }

    private void pause(String subject, String stateLeft, int attempt) {
        long ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(attempt, 10));
        long wait = ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
        log.info("{}: a lock was not free within {} ms; attempt {} of {} follows in {} ms", subject, lockTimeoutMs,
                attempt + 1, attempts, wait);
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(subject + " was interrupted. " + stateLeft, e);
        }
    }
}
