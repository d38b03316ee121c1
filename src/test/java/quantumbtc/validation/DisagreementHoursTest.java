package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.validation.Bars.price;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;
import quantumbtc.trade.TradeStatus;

/** Six real hours in which venues disagreed; prices are closes, or the high where the case is a wick. */
class DisagreementHoursTest {

    private final Judge judge = new Judge();

    private static Candle hour(String time, String venue, double open, double extreme, double close) {
        return new Candle(Instant.parse(time), Duration.ofHours(1), price(open), price(Math.max(Math.max(open, close), extreme)),
                price(Math.min(Math.min(open, close), extreme)), price(close), null, venue);
    }

    /** An hour before at which all venues stand at the entry, then the hour of the case. */
    private Verdict judged(Direction direction, double entry, double target, double stop, Candle... hour) {
        Instant start = hour[0].start().minus(Duration.ofHours(1));
        List<Candle> candles = new ArrayList<>(List.of(hour));
        for (Candle candle : hour) {
            candles.add(new Candle(start, Duration.ofHours(1), price(entry), price(entry), price(entry), price(entry), null, candle.venue()));
        }
        double step = target - entry;
        OpenTrade trade = new OpenTrade(UUID.randomUUID(), direction, new EntryZone(price(entry), price(entry), price(entry)),
                List.of(new Target(price(target), 50), new Target(price(target + step), 30), new Target(price(target + 2 * step), 20)),
                price(stop), start, start.plus(Duration.ofHours(24)), Standing.NONE);
        return judge.judge(trade, Timeline.of(candles), start.plus(Duration.ofHours(2)));
    }

    @Test
    void a_frozen_feed_at_2018_08_10_hits_no_target() {
        String time = "2018-08-10T04:00:00Z";
        Verdict verdict = judged(Direction.LONG, 6_440, 6_550, 6_300, hour(time, "Kraken", 6_440, 6_425.9, 6_425.9), hour(time, "Bitstamp", 6_440, 6_429.37, 6_429.37),
                hour(time, "Coinbase", 6_556.25, 6_556.25, 6_556.25), hour(time, "Bitfinex", 6_440, 6_428.7, 6_428.7));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused().seen()).isEqualByComparingTo("6556.25");
    }

    @Test
    void one_venue_eleven_percent_off_at_2018_10_15_hits_no_target() {
        String time = "2018-10-15T06:00:00Z";
        Verdict verdict = judged(Direction.LONG, 6_660, 6_900, 6_500, hour(time, "Kraken", 6_660, 6_658.9, 6_658.9), hour(time, "Bitstamp", 6_660, 6_667.26, 6_667.26),
                hour(time, "Coinbase", 6_660, 6_657.08, 6_657.08), hour(time, "Bitfinex", 6_700, 7_419.3, 7_419.3));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused().level()).isEqualByComparingTo("6900");
    }

    @Test
    void a_flash_crash_on_one_venue_at_2019_05_17_stops_no_trade() {
        String time = "2019-05-17T02:00:00Z";
        Verdict verdict = judged(Direction.LONG, 7_500, 7_800, 7_350, hour(time, "Kraken", 7_500, 7_497.6, 7_497.6), hour(time, "Bitstamp", 7_500, 7_320, 7_320),
                hour(time, "Coinbase", 7_500, 7_484.69, 7_484.69), hour(time, "Bitfinex", 7_500, 7_526.1, 7_526.1));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused().level()).isEqualByComparingTo("7350");
    }

    @Test
    void a_fast_market_at_2020_03_12_stops_a_trade_that_most_venues_came_near_to() {
        String time = "2020-03-12T10:00:00Z";
        Verdict verdict = judged(Direction.LONG, 6_400, 6_700, 6_090, hour(time, "Kraken", 6_400, 6_066.6, 6_066.6), hour(time, "Bitstamp", 6_400, 6_334.44, 6_334.44),
                hour(time, "Coinbase", 6_400, 6_103.89, 6_103.89));
        assertThat(verdict.status()).isEqualTo(TradeStatus.NOT_HIT);
        assertThat(verdict.exitPrice()).isEqualByComparingTo("6090");
    }

    @Test
    void five_percent_between_two_venues_at_2021_01_07_is_no_majority_and_hits_nothing() {
        String time = "2021-01-07T18:00:00Z";
        Verdict verdict = judged(Direction.LONG, 37_100, 38_500, 36_000, hour(time, "Kraken", 37_100, 37_032.9, 37_032.9), hour(time, "Bitstamp", 38_900, 38_938.35, 38_938.35));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused()).isNotNull();
    }

    @Test
    void a_wick_to_2_589_at_2017_05_18_hits_no_target_while_the_price_is_1_832() {
        String time = "2017-05-18T06:00:00Z";
        Verdict verdict = judged(Direction.LONG, 1_832, 1_950, 1_750, hour(time, "Kraken", 1_832, 2_589, 1_832), hour(time, "Coinbase", 1_832, 1_835, 1_830));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused().seen()).isEqualByComparingTo("2589");
        Verdict alone = judged(Direction.LONG, 1_832, 1_950, 1_750, hour(time, "Kraken", 1_832, 2_589, 1_832));
        assertThat(alone.status()).isEqualTo(TradeStatus.HIT);
        assertThat(alone.standing().singleVenue()).isTrue();
    }
}
