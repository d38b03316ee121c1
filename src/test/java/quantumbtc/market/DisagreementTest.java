package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantumbtc.market.replay.ReplayServer;
import quantumbtc.market.replay.Tape;
import quantumbtc.testing.DisagreementHour;
import quantumbtc.testing.MarketApp;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestDatabase;

/** Six real hours in which venues disagreed. The venues' closes are given to the three price sources of the program. */
class DisagreementTest {

    private static final Instant HOUR = DisagreementHour.FROZEN_FEED.start();

    private final SettableClock clock = new SettableClock(HOUR);
    private final TestDatabase test = TestDatabase.withSchema();
    private final ReplayServer replay = ReplayServer.start(new Tape(List.of(hour(-1, "6425.9", "6425.9"), hour(0, "6425.9", "6425.9"),
            hour(1, "6425.9", "6425.9"), hour(2, "6425.9", "6425.9"), hour(3, "6425.9", "6425.9"))), clock, 0);
    private final MarketApp app = new MarketApp(test, replay, clock, Map.of());

    private static Candle hour(int offset, String price, String high) {
        BigDecimal still = new BigDecimal(price);
        return new Candle(HOUR.plus(Duration.ofHours(offset)), Duration.ofHours(1), still, new BigDecimal(high), still, still,
                BigDecimal.TEN, "Kraken");
    }

    @AfterEach
    void close() {
        app.close();
        replay.close();
        test.close();
    }

    /** Kraken's close for itself, and those of two other venues for the two sources that are none. */
    private Purity purity(DisagreementHour hour, String coinGecko, String coinMarketCap) {
        return purity(hour.price("Kraken").toPlainString(), hour.price(coinGecko).toPlainString(),
                coinMarketCap == null ? null : hour.price(coinMarketCap).toPlainString());
    }

    private Purity purity(String kraken, String coinGecko, String coinMarketCap) {
        replay.heal();
        replay.say(Source.KRAKEN, kraken).say(Source.COINGECKO, coinGecko);
        if (coinMarketCap == null) {
            replay.with(Source.COINMARKETCAP, quantumbtc.market.replay.Fault.DOWN);
        } else {
            replay.say(Source.COINMARKETCAP, coinMarketCap);
        }
        return app.assess().purity();
    }

    @Test
    void a_frozen_feed_with_a_moving_timestamp_is_flagged_at_first_and_left_out_once_it_is_seen_to_be_frozen() {
        Purity at4 = purity(DisagreementHour.FROZEN_FEED, "Bitstamp", "Coinbase");
        assertThat(at4.divergencePercent()).isEqualByComparingTo("1.9734");
        assertThat(at4.confidenceReduced()).isTrue();
        assertThat(at4.passed()).isTrue();
        assertThat(at4.anomalies()).extracting(Anomaly::type).containsExactly("PRICE_DIVERGENCE");
        assertThat(at4.anomalies().get(0).affected()).containsExactly("CoinMarketCap");

        clock.advance(Duration.ofHours(3).minusMinutes(1));
        // Of 07:00 only Kraken's close is at hand; it stands for both that moved.
        Purity at7 = purity("6469.4", "6469.4", "6556.25");
        assertThat(at7.used()).containsExactly(Source.COINGECKO, Source.KRAKEN);
        assertThat(at7.medianPrice()).isEqualByComparingTo("6469.4");
        assertThat(at7.anomalies()).extracting(Anomaly::type).containsExactly("FROZEN_PRICE");
        assertThat(at7.score()).isEqualTo(84);
        assertThat(at7.passed()).isTrue();
    }

    @Test
    void one_venue_eleven_percent_off_does_not_move_the_median_and_is_refused() {
        Purity purity = purity(DisagreementHour.ONE_VENUE_OFF, "Bitstamp", "Bitfinex");
        assertThat(purity.medianPrice()).isEqualByComparingTo("6667.26");
        assertThat(purity.divergencePercent()).isEqualByComparingTo("11.2796");
        assertThat(purity.passed()).isFalse();
        assertThat(purity.missing().get(0)).contains("within 2 %").contains("7419.3");
    }

    @Test
    void a_flash_crash_on_one_venue_is_refused() {
        Purity purity = purity(DisagreementHour.FLASH_CRASH, "Bitstamp", "Coinbase");
        assertThat(purity.medianPrice()).isEqualByComparingTo("7484.69");
        assertThat(purity.divergencePercent()).isEqualByComparingTo("2.2004");
        assertThat(purity.passed()).isFalse();
        assertThat(purity.anomalies().get(0).affected()).containsExactly("CoinGecko");
    }

    @Test
    void real_disagreement_in_a_fast_market_is_refused() {
        Purity purity = purity(DisagreementHour.FAST_MARKET, "Bitstamp", "Coinbase");
        assertThat(purity.divergencePercent()).isEqualByComparingTo("3.7771");
        assertThat(purity.passed()).isFalse();
    }

    @Test
    void five_percent_between_only_two_sources_has_no_majority_and_is_refused() {
        assertThat(purity(DisagreementHour.TWO_SOURCES, "Bitstamp", null).passed()).isFalse();
        assertThatThrownBy(app::pure).isInstanceOf(NotPure.class).hasMessageContaining("within 2 %");
    }

    @Test
    void a_wick_on_one_venue_is_in_its_candle_and_nowhere_else() {
        replay.play(new Tape(List.of(hour(0, "1832", "1840"), hour(1, "1832", "1840"))));
        replay.with(Source.KRAKEN, quantumbtc.market.replay.Fault.WICK);
        clock.advance(Duration.ofHours(1));
        Candles candles = app.candles(new CandleRequest(HOUR, Duration.ofHours(1)));
        assertThat(candles.kraken()).singleElement()
                .satisfies(candle -> assertThat(candle.high()).isEqualByComparingTo("2576"));
        assertThat(candles.second()).hasSize(2).allSatisfy(candle -> assertThat(candle.high()).isLessThanOrEqualTo(new BigDecimal("1840")));
        clock.advance(Duration.ofMinutes(1));
        Purity purity = app.assess().purity();
        assertThat(purity.medianPrice()).isEqualByComparingTo("1832");
        assertThat(purity.passed()).isFalse();
    }
}
