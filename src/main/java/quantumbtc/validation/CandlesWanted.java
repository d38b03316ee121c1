package quantumbtc.validation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.market.CandleRequest;

/**
 * Says which candles a run needs: one-minute ones, and for times that those do not reach back to, the finest longer step
 * that does. A source keeps a fixed number of candles of each step.
 */
public final class CandlesWanted {

    /** Kraken gives 720 candles of a step, the last of them unfinished. */
    private static final int CANDLES_KEPT = 719;
    private static final List<Duration> STEPS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15),
            Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1));
    /** Before the first open question, so that a candle which began earlier tells the price of a missed full hour. */
    private static final Duration LEAD = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    private final Duration patience;

    /** @param patience trades that were over for longer are not waited for any more */
    public CandlesWanted(Database database, Clock clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
    }

    /** Finest first; at least the last hour's minutes. */
    public List<CandleRequest> requests() {
        Instant now = clock.instant();
        Instant since = database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("validation/read-start-of-candles"))
                .bind("hopeless", now.minus(patience).atOffset(ZoneOffset.UTC)).mapTo(OffsetDateTime.class).findOne()
                .map(OffsetDateTime::toInstant).orElse(now));
        return reachingBack(since.isAfter(now) ? now : since, now);
    }

    static List<CandleRequest> reachingBack(Instant since, Instant now) {
        Instant wanted = since.minus(LEAD);
        List<CandleRequest> requests = new ArrayList<>();
        for (Duration step : STEPS) {
            Instant reach = now.minus(step.multipliedBy(CANDLES_KEPT));
            requests.add(new CandleRequest(wanted.isBefore(reach) ? reach : wanted, step));
            if (!wanted.isBefore(reach)) {
                break;
            }
        }
        return requests;
    }
}
