package quantumbtc.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;
import quantumbtc.market.Assessment;
import quantumbtc.market.MarketData;
import quantumbtc.market.Quote;

/**
 * Takes down the market at each full hour since the last run: this hour's from the sources, a missed hour's price from
 * the candle that ended then. What no source said is null.
 */
final class MarketHours {

    /** Further back no snapshots are made up for; a month of hours. */
    private static final Duration LONGEST_OUTAGE = Duration.ofDays(31);

    private MarketHours() {
    }

    /** @return the hours whose snapshots may be missing, oldest first */
    static List<Instant> write(Handle handle, Evidence evidence, Assessment assessment) {
        Instant current = evidence.now().truncatedTo(ChronoUnit.HOURS);
        Instant newest = handle.createQuery(Sql.of("validation/read-newest-hour")).mapTo(OffsetDateTime.class).findOne()
                .map(OffsetDateTime::toInstant).orElse(current.minus(1, ChronoUnit.HOURS));
        Instant earliest = current.minus(LONGEST_OUTAGE);
        for (Instant hour = newest.isBefore(earliest) ? earliest : newest.plus(1, ChronoUnit.HOURS); hour.isBefore(current);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            Instant missed = hour;
            priceAt(evidence.timeline(), hour).ifPresent(price -> insert(handle, missed, missed, price, null));
        }
        Optional<BigDecimal> price = assessment == null ? Optional.empty() : price(assessment);
        price.ifPresentOrElse(now -> insert(handle, current, evidence.now(), now, assessment),
                () -> priceAt(evidence.timeline(), current).ifPresent(then -> insert(handle, current, current, then, assessment)));
        return hoursWithoutSnapshots(handle, current);
    }

    private static List<Instant> hoursWithoutSnapshots(Handle handle, Instant current) {
        List<OffsetDateTime> hours = handle.createQuery(Sql.of("validation/list-hours-to-snapshot"))
                .bind("current", current).mapTo(OffsetDateTime.class).list();
        return new ArrayList<>(hours.stream().map(OffsetDateTime::toInstant).toList());
    }

    /** The close of the last candle that ended within the hour before. */
    private static Optional<BigDecimal> priceAt(Timeline timeline, Instant hour) {
        return Optional.ofNullable(LastPrice.within(timeline, Instant.MIN, hour));
    }

    /** The median of the prices that can be trusted, else the first price there is. */
    private static Optional<BigDecimal> price(Assessment assessment) {
        if (assessment.purity().medianPrice() != null) {
            return Optional.of(assessment.purity().medianPrice());
        }
        return assessment.data().quotes().stream().map(Quote::price).findFirst();
    }

    private static void insert(Handle handle, Instant hour, Instant takenAt, BigDecimal price, Assessment assessment) {
        MarketData data = assessment == null ? null : assessment.data();
        boolean chain = data != null && data.chain() != null;
        boolean talk = data != null && data.sentiment() != null;
        handle.createUpdate(Sql.of("validation/write-market-hour"))
                .bind("hour", hour).bind("taken_at", takenAt).bind("price", price.setScale(8, RoundingMode.HALF_UP))
                .bindByType("volume_24h", data == null ? null : first(data, Quote::volumeUsd24h), BigDecimal.class)
                .bindByType("market_cap", data == null ? null : first(data, Quote::marketCapUsd), BigDecimal.class)
                .bindByType("mempool_size", chain ? data.chain().mempoolSize() : null, Integer.class)
                .bindByType("whale_transactions", chain ? data.chain().whaleTransactions() : null, Integer.class)
                .bindByType("difficulty", chain ? data.chain().difficulty() : null, BigDecimal.class)
                .bindByType("sentiment_score", talk ? data.sentiment().score() : null, Integer.class)
                .bindByType("social_dominance", talk ? data.sentiment().socialDominance() : null, BigDecimal.class)
                .bindByType("data_quality_score", data == null ? null : assessment.purity().score(), Integer.class)
                .execute();
    }

    private static BigDecimal first(MarketData data, java.util.function.Function<Quote, BigDecimal> value) {
        return data.quotes().stream().map(value).filter(java.util.Objects::nonNull).findFirst().orElse(null);
    }
}
