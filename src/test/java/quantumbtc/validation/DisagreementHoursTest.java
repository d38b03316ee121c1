package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantumbtc.market.Candle;
import quantumbtc.testing.DisagreementHour;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;
import quantumbtc.trade.TradeStatus;

/** Long trades entered an hour before a real hour in which venues disagreed, when all of them stood at the entry. */
class DisagreementHoursTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Judge judge = new Judge();

    private Verdict judged(Instant hour, Map<String, BigDecimal> prices, BigDecimal entry, BigDecimal target, BigDecimal stop) {
        Instant before = hour.minus(HOUR);
        List<Candle> candles = new ArrayList<>();
        prices.forEach((venue, price) -> {
            candles.add(new Candle(before, HOUR, entry, entry, entry, entry, null, venue));
            candles.add(new Candle(hour, HOUR, entry, entry.max(price), entry.min(price), price, null, venue));
        });
        BigDecimal step = target.subtract(entry);
        OpenTrade trade = new OpenTrade(UUID.randomUUID(), Direction.LONG, new EntryZone(entry, entry, entry),
                List.of(new Target(target, 50), new Target(target.add(step), 30), new Target(target.add(step).add(step), 20)),
                stop, before, before.plus(Duration.ofHours(24)), Standing.NONE);
        return judge.judge(trade, Timeline.of(candles), before.plus(Duration.ofHours(2)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
            // hour,     entry,   target,  stop,    status,  level that one venue alone passed, and how far
            "FROZEN_FEED,   6440,   6550,  6300,  ACTIVE,  6550,  6556.25",
            "ONE_VENUE_OFF, 6660,   6900,  6500,  ACTIVE,  6900,  7419.3",
            "FLASH_CRASH,   7500,   7800,  7350,  ACTIVE,  7350,  7320",
            "FAST_MARKET,   6400,   6700,  6090,  NOT_HIT,     ,",
            "TWO_SOURCES,  37100,  38500, 36000,  ACTIVE, 38500, 38938.35",
            "WICK,          1832,   1950,  1750,  ACTIVE,  1950,  2589"})
    void what_one_venue_alone_says_is_refused_and_what_most_came_near_to_counts(DisagreementHour hour, BigDecimal entry, BigDecimal target,
            BigDecimal stop, TradeStatus status, BigDecimal level, BigDecimal seen) {
        Verdict verdict = judged(hour.start(), hour.prices(), entry, target, stop);
        assertThat(verdict.status()).isEqualTo(status);
        if (level == null) {
            assertThat(verdict.refused()).isNull();
            assertThat(verdict.exitPrice()).isEqualByComparingTo(stop);
        } else {
            assertThat(verdict.refused().level()).isEqualByComparingTo(level);
            assertThat(verdict.refused().seen()).isEqualByComparingTo(seen);
        }
    }

    @Test
    void a_wick_counts_and_is_marked_when_no_other_venue_can_be_had() {
        DisagreementHour wick = DisagreementHour.WICK;
        Verdict alone = judged(wick.start(), Map.of("Kraken", wick.price("Kraken")), new BigDecimal("1832"), new BigDecimal("1950"), new BigDecimal("1750"));
        assertThat(alone.status()).isEqualTo(TradeStatus.HIT);
        assertThat(alone.standing().singleVenue()).isTrue();
    }
}
