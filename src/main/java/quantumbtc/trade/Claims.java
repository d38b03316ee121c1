package quantumbtc.trade;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** Sees to it that requests with the same idempotency key make one trade, on however many nodes they run. */
public final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);
    private static final long PAUSE_MS = 100;

    private final Jdbi jdbi;
    private final Trades trades;
    private final Clock clock;
    private final Duration budget;
    private final Semaphore places;

    /**
     * @param budget how long a request may take in all; so long another with its key waits for it
     * @param atOnce requests under way on this node, so that slow sources never take every thread from the other endpoints
     */
    public Claims(Database database, Trades trades, Clock clock, Duration budget, int atOnce) {
        this.jdbi = database.jdbi();
        this.trades = trades;
        this.clock = clock;
        this.budget = budget;
        this.places = new Semaphore(atOnce);
    }

    /**
     * Begins a request; {@link #release} ends it, once.
     *
     * @param key null when the request has none
     * @throws UnknownUser        when there is no such user
     * @throws TooManyAtOnce      when this node has no place for one more
     * @throws FirstRequestFailed when this one waited for another with its key, and that one made no trade
     * @throws NotInTime          when the other one did not end in time
     */
    public Claim claim(UUID user, String key) {
        long begun = System.nanoTime();
        if (!jdbi.withHandle(handle -> handle.createQuery(Sql.of("trade/user-exists")).bind("user", user).mapTo(Boolean.class).one())) {
            throw new UnknownUser(user);
        }
        Optional<Trade> earlier = key == null ? Optional.empty() : trades.byKey(user, key);
        if (earlier.isPresent()) {
            return new Claim(user, key, earlier.get(), begun);
        }
        if (!places.tryAcquire()) {
            throw new TooManyAtOnce();
        }
        Claim claim = null;
        try {
            claim = key == null ? new Claim(user, null, null, begun) : claimed(user, key, begun);
            return claim;
        } finally {
            if (claim == null || !claim.isNew()) {
                places.release();
            }
        }
    }

    private Claim claimed(UUID user, String key, long begun) {
        Claim claim = new Claim(user, key, null, begun);
        if (!taken(claim)) {
            return new Claim(user, key, awaited(claim), begun);
        }
        // The one before may have stored its trade and let go of the key since this request came.
        Optional<Trade> earlier = trades.byKey(user, key);
        if (earlier.isEmpty()) {
            return claim;
        }
        unclaim(claim);
        return new Claim(user, key, earlier.get(), begun);
    }

    private boolean taken(Claim claim) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(Sql.of("trade/claim-key"))
                .bind("user", claim.user()).bind("key", claim.key()).bind("claim", claim.id())
                .bind("now", time(now)).bind("endsAt", time(now.plus(budget.multipliedBy(2))))
                .mapTo(UUID.class).findOne().isPresent());
    }

    private Trade awaited(Claim claim) {
        while (claim.millis() < budget.toMillis()) {
            boolean underWay = underWay(claim);
            // Asked after: whoever is no longer under way has stored what it made.
            Optional<Trade> trade = trades.byKey(claim.user(), claim.key());
            if (trade.isPresent()) {
                return trade.get();
            }
            if (!underWay) {
                throw new FirstRequestFailed();
            }
            pause();
        }
        throw new NotInTime();
    }

    private boolean underWay(Claim claim) {
        return jdbi.withHandle(handle -> handle.createQuery(Sql.of("trade/is-key-claimed"))
                .bind("user", claim.user()).bind("key", claim.key()).bind("now", time(clock.instant())).mapTo(Boolean.class).one());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotInTime();
        }
    }

    /** Stores what was made for the request. @throws NotInTime when it has given up meanwhile */
    public Trade store(Claim claim, Generated generated) {
        Trade trade = claim.store(() -> trades.store(generated, claim.key()));
        log.atInfo().addKeyValue("tradeId", trade.id()).addKeyValue("userId", claim.user())
                .log("trade {}: made for user {}, {} {} with confidence {}", trade.id(), claim.user(), trade.direction(), trade.timeframe(), trade.confidence());
        return trade;
    }

    /**
     * What a request ends with.
     *
     * @param made what its route gave within the time; no trade when the time was over
     * @throws NotInTime when there is no trade, and there will be none
     */
    public Trade result(Claim claim, Object made) {
        return made instanceof Trade trade ? trade : claim.giveUp();
    }

    /** Ends a request: others may come in, and others with the same key go on. */
    public void release(Claim claim) {
        if (claim.isNew()) {
            places.release();
            unclaim(claim);
        }
    }

    private void unclaim(Claim claim) {
        if (claim.key() != null) {
            jdbi.useHandle(handle -> handle.createUpdate(Sql.of("trade/release-key"))
                    .bind("user", claim.user()).bind("key", claim.key()).bind("claim", claim.id()).execute());
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
