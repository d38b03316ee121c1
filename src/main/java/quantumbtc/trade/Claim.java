package quantumbtc.trade;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One request for a new trade. It ends in one of two ways, whichever comes first: the trade is stored, or the request
 * has given up; so no trade appears after its request was told that there is none.
 */
public final class Claim {

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

    private final UUID id = UUID.randomUUID();
    private final UUID user;
    private final String key;
    private final Trade earlier;
    private final long begun;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<Trade> stored = new CompletableFuture<>();

    /**
     * @param key     null when the request has none
     * @param earlier the trade that was stored under the key before; null when there is none
     * @param begun   {@link System#nanoTime()} at the request's beginning
     */
    Claim(UUID user, String key, Trade earlier, long begun) {
        this.user = user;
        this.key = key;
        this.earlier = earlier;
        this.begun = begun;
    }

    UUID id() {
        return id;
    }

    UUID user() {
        return user;
    }

    String key() {
        return key;
    }

    /** True when the trade has still to be made; read by the route. */
    public boolean isNew() {
        return earlier == null;
    }

    /** The trade stored under the key before; null when there is none. */
    public Trade earlier() {
        return earlier;
    }

    /** Milliseconds since the request began. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /**
     * Stores what was made for the request.
     *
     * @param write stores it, and gives it as it was stored
     * @throws NotInTime when the request has given up meanwhile; nothing was stored
     */
    public Trade store(Supplier<Trade> write) {
        if (!decided.compareAndSet(false, true)) {
            throw new NotInTime();
        }
        Trade trade = write.get();
        stored.complete(trade);
        return trade;
    }

    /**
     * Gives up, unless the trade is being stored at this moment; then it waits for that.
     *
     * @throws NotInTime when there is no trade, and there will be none
     */
    Trade giveUp() {
        if (decided.compareAndSet(false, true)) {
            throw new NotInTime();
        }
        try {
            return stored.get(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotInTime();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotInTime();
        }
    }
}
