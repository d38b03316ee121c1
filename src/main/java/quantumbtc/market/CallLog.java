package quantumbtc.market;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Sql;

/**
 * Writes each call to a source into {@code api_latency_reliability_logs}, in batches and off the caller's path. It
 * never blocks a caller: when the database is away for so long that the queue is full, further calls are dropped,
 * counted, and the count is said in the log and by {@link #dropped()}. Closing writes what is left.
 */
public final class CallLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CallLog.class);
    private static final int BATCH = 500;
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int LONGEST_TEXT = 500;

    private final Jdbi jdbi;
    private final Duration pause;
    private final BlockingQueue<ApiCall> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final List<ApiCall> unwritten = new ArrayList<>();
    private Thread writer;
    private volatile boolean closed;

    /**
     * @param capacity most calls that wait for being written
     * @param pause    between two batches
     */
    public CallLog(Jdbi jdbi, int capacity, Duration pause) {
        this.jdbi = jdbi;
        this.pause = pause;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Returns at once. */
    public void add(ApiCall call) {
        if (closed || !queue.offer(call)) {
            long count = dropped.incrementAndGet();
            if (Long.bitCount(count) == 1) {
                log.warn("call log: {} calls to sources were not recorded so far; the database is too slow or away", count);
            }
            return;
        }
        start();
    }

    /** Calls that were never recorded, since the start. */
    public long dropped() {
        return dropped.get();
    }

    private synchronized void start() {
        if (writer == null && !closed) {
            writer = new Thread(this::write, "call-log");
            writer.setDaemon(true);
            writer.start();
        }
    }

    private void write() {
        while (!closed) {
            try {
                flush();
            } catch (JdbiException e) {
                log.warn("call log: {} calls wait for the database: {}", queue.size(), e.getMessage());
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /**
     * Writes what waits, now.
     *
     * @throws JdbiException when the database does not take it; the calls stay and are tried again
     */
    public void flush() {
        synchronized (unwritten) {
            queue.drainTo(unwritten, BATCH - unwritten.size());
            while (!unwritten.isEmpty()) {
                jdbi.useHandle(handle -> {
                    PreparedBatch batch = handle.prepareBatch(Sql.of("market/write-call"));
                    unwritten.forEach(call -> bind(batch, call));
                    batch.execute();
                });
                unwritten.clear();
                queue.drainTo(unwritten, BATCH);
            }
        }
    }

    private static void bind(PreparedBatch batch, ApiCall call) {
        SourceFailure failure = call.failure();
        batch.bind("apiName", call.source().label())
                .bind("endpoint", cut(call.endpoint(), 255))
                .bind("latencyMs", Math.min(call.latencyMs(), Integer.MAX_VALUE))
                .bind("status", call.status())
                .bind("success", failure == null)
                .bind("errorMessage", failure == null ? null : cut(failure.detail(), LONGEST_TEXT))
                .bind("errorType", failure == null ? null : failure.kind().name())
                .bind("retries", call.retries())
                .bind("bodyBytes", call.bodyBytes())
                .bind("calledAt", call.calledAt())
                .add();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = writer;
        }
        try {
            if (running != null) {
                LockSupport.unpark(running);
                running.join(CLOSING.toMillis());
            }
            flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JdbiException e) {
            log.warn("call log: {} calls were not recorded, the database is away: {}", queue.size() + unwritten.size(), e.getMessage());
        }
    }
}
