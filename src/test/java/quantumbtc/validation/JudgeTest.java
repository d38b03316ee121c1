package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.validation.Bars.KRAKEN;
import static quantumbtc.validation.Bars.OTHER;
import static quantumbtc.validation.Bars.at;
import static quantumbtc.validation.Bars.bar;
import static quantumbtc.validation.Bars.longTrade;
import static quantumbtc.validation.Bars.price;
import static quantumbtc.validation.Bars.shortTrade;
import static quantumbtc.validation.Bars.trade;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.trade.Direction;
import quantumbtc.trade.TradeStatus;

class JudgeTest {

    private final Judge judge = new Judge();

    /** Judges the long trade, and makes sure that its mirror image on the mirrored candles fares the same. */
    private Verdict judged(int untilMinute, Candle... candles) {
        Verdict verdict = judge.judge(longTrade(), Timeline.of(Arrays.asList(candles)), at(untilMinute));
        Verdict mirrored = judge.judge(shortTrade(), Timeline.of(Arrays.stream(candles).map(Bars::turned).toList()), at(untilMinute));
        assertThat(mirrored.status()).isEqualTo(verdict.status());
        assertThat(mirrored.reason()).isEqualTo(verdict.reason());
        assertThat(mirrored.endedAt()).isEqualTo(verdict.endedAt());
        assertThat(mirrored.stopAt()).isEqualTo(verdict.stopAt());
        assertThat(mirrored.standing().ambiguous()).isEqualTo(verdict.standing().ambiguous());
        assertThat(mirrored.standing().target1At()).isEqualTo(verdict.standing().target1At());
        if (verdict.exitPrice() != null) {
            assertThat(mirrored.exitPrice()).isEqualByComparingTo(Bars.turned(verdict.exitPrice()));
        }
        return verdict;
    }

    private static Candle entry(int minute) {
        return bar(minute, 100_000, 100_100, 99_900, 100_000);
    }

    private static Candle calm(int minute) {
        return bar(minute, 100_200, 100_300, 100_100, 100_200);
    }

    @Test
    void the_first_target_before_the_stop_is_a_hit_at_once_and_stays_open_for_the_rest() {
        Verdict verdict = judged(3, entry(0), bar(1, 100_500, 101_000, 100_400, 100_900), calm(2));
        assertThat(verdict.status()).isEqualTo(TradeStatus.HIT);
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_1);
        assertThat(verdict.standing().enteredAt()).isEqualTo(at(0));
        assertThat(verdict.standing().target1At()).isEqualTo(at(1));
        assertThat(verdict.isFinal()).isFalse();
        assertThat(verdict.profitUsd()).isNull();
    }

    @Test
    void a_price_of_99_999_is_less_than_100_000_and_does_not_touch_it() {
        OpenTrade trade = trade(Direction.LONG, 99_500, 99_500, 100_000, 100_500, 101_000, 98_999, 0, 60);
        Candle below = bar(1, 99_600, 99_999, 99_550, 99_700);
        Candle entry = bar(0, 99_500, 99_500, 99_500, 99_500);
        assertThat(judge.judge(trade, Timeline.of(List.of(entry, below)), at(2)).status()).isEqualTo(TradeStatus.ACTIVE);
        Candle touching = bar(1, 99_600, 100_000, 99_550, 99_700);
        assertThat(judge.judge(trade, Timeline.of(List.of(entry, touching)), at(2)).status()).isEqualTo(TradeStatus.HIT);
    }

    @Test
    void direction_is_told_by_number_across_100_000() {
        assertThat(Direction.of(price(99_999), price(100_000))).isEqualTo(Direction.LONG);
        assertThat(Direction.of(price(100_000), price(99_999))).isEqualTo(Direction.SHORT);
        OpenTrade falling = trade(Direction.SHORT, 100_000, 100_000, 99_999, 99_000, 98_000, 100_500, 0, 60);
        Verdict verdict = judge.judge(falling, Timeline.of(List.of(bar(0, 100_000, 100_000, 99_999, 99_999))), at(1));
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_1);
    }

    @Test
    void the_stop_before_the_first_target_is_not_hit() {
        Verdict verdict = judged(3, entry(0), bar(1, 99_500, 99_600, 98_900, 99_200), bar(2, 99_200, 103_500, 99_200, 103_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.NOT_HIT);
        assertThat(verdict.reason()).isEqualTo(Reason.STOP_FIRST);
        assertThat(verdict.exitPrice()).isEqualByComparingTo("99000");
        // Bought for 1,000 and sold for 990: 10 lost, and 0.2 % of 1,990 paid.
        assertThat(verdict.profitUsd()).isEqualByComparingTo("-13.98");
    }

    @Test
    void a_gap_through_the_stop_fills_at_the_open() {
        Verdict verdict = judged(2, entry(0), bar(1, 98_000, 98_500, 97_900, 98_100));
        assertThat(verdict.exitPrice()).isEqualByComparingTo("98000");
        assertThat(verdict.standing().ambiguous()).isFalse();
    }

    @Test
    void both_in_one_candle_means_the_stop_came_first_and_is_marked() {
        Verdict verdict = judged(2, entry(0), bar(1, 100_000, 101_500, 98_500, 100_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.NOT_HIT);
        assertThat(verdict.standing().ambiguous()).isTrue();
    }

    @Test
    void finer_candles_decide_what_a_longer_one_leaves_open() {
        Candle quarter = bar(KRAKEN, 15, 15, 100_000, 101_500, 98_500, 99_000);
        Candle entry = bar(KRAKEN, 0, 15, 100_000, 100_000, 100_000, 100_000);
        Verdict verdict = judged(30, entry, quarter, bar(16, 100_000, 101_500, 100_000, 101_000), bar(20, 101_000, 101_000, 98_500, 99_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.HIT);
        assertThat(verdict.standing().ambiguous()).isFalse();
        assertThat(verdict.standing().target1At()).isEqualTo(at(16));
        assertThat(verdict.stopAt()).isEqualTo(at(20));
    }

    @Test
    void finer_candles_that_miss_the_longer_ones_low_do_not_replace_it() {
        Candle quarter = bar(KRAKEN, 15, 15, 100_000, 101_500, 98_500, 99_000);
        Candle entry = bar(KRAKEN, 0, 15, 100_000, 100_000, 100_000, 100_000);
        Verdict verdict = judged(30, entry, quarter, bar(16, 100_000, 101_500, 100_000, 101_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.NOT_HIT);
        assertThat(verdict.standing().ambiguous()).isTrue();
    }

    @Test
    void a_candle_that_opens_beyond_the_target_has_reached_it_before_its_low() {
        Verdict verdict = judged(2, entry(0), bar(1, 101_200, 101_300, 98_900, 99_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.HIT);
        assertThat(verdict.stopAt()).isEqualTo(at(1));
        assertThat(verdict.standing().ambiguous()).isFalse();
    }

    @Test
    void a_stop_after_the_first_target_closes_the_rest_and_stays_a_hit() {
        Verdict verdict = judged(3, entry(0), bar(1, 100_500, 101_000, 100_400, 100_900), bar(2, 100_900, 100_900, 98_900, 99_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.HIT);
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_1);
        assertThat(verdict.isFinal()).isTrue();
        // Half at 101,000 and half at 99,000: nothing won, costs of 0.2 % a side paid.
        assertThat(verdict.exitPrice()).isEqualByComparingTo("100000");
        assertThat(verdict.profitUsd()).isEqualByComparingTo("-4");
    }

    @Test
    void all_targets_close_the_trade_by_allocation() {
        Verdict verdict = judged(4, entry(0), bar(1, 100_500, 102_000, 100_400, 101_900), bar(2, 101_900, 103_100, 101_800, 103_000), calm(3));
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_3);
        assertThat(verdict.endedAt()).isEqualTo(at(2));
        assertThat(verdict.standing().target1At()).isEqualTo(at(1));
        assertThat(verdict.standing().target2At()).isEqualTo(at(1));
        assertThat(verdict.standing().target3At()).isEqualTo(at(2));
        // 50 % at 101,000, 30 % at 102,000, 20 % at 103,000.
        assertThat(verdict.exitPrice()).isEqualByComparingTo("101700");
        assertThat(verdict.profitUsd()).isEqualByComparingTo("12.966");
    }

    @Test
    void a_short_that_reaches_all_targets_earns_the_fall_less_costs() {
        Verdict verdict = judge.judge(shortTrade(), Timeline.of(List.of(entry(0), bar(1, 99_500, 99_500, 96_000, 96_500))), at(2));
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_3);
        assertThat(verdict.exitPrice()).isEqualByComparingTo("98300");
        // 17 won, 0.2 % of 1,000 and of 983 paid.
        assertThat(verdict.profitUsd()).isEqualByComparingTo("13.034");
    }

    @Test
    void a_target_and_the_stop_in_one_candle_after_the_first_target_close_at_the_stop() {
        Verdict verdict = judged(3, entry(0), bar(1, 100_500, 101_000, 100_400, 100_900), bar(2, 100_900, 102_500, 98_000, 99_000));
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_1);
        assertThat(verdict.standing().ambiguous()).isTrue();
        assertThat(verdict.exitPrice()).isEqualByComparingTo("100000");
    }

    @Test
    void time_over_with_neither_is_expired_at_the_last_close() {
        Verdict verdict = judged(60, entry(0), bar(59, 100_200, 100_300, 100_100, 100_250));
        assertThat(verdict.status()).isEqualTo(TradeStatus.EXPIRED);
        assertThat(verdict.endedAt()).isEqualTo(at(60));
        assertThat(verdict.exitPrice()).isEqualByComparingTo("100250");
    }

    @Test
    void the_rest_of_a_hit_is_closed_at_the_last_close() {
        Verdict verdict = judged(60, entry(0), bar(1, 100_500, 101_000, 100_400, 100_900), bar(59, 100_200, 100_300, 100_100, 100_200));
        assertThat(verdict.status()).isEqualTo(TradeStatus.HIT);
        assertThat(verdict.exitPrice()).isEqualByComparingTo("100600");
        assertThat(verdict.isFinal()).isTrue();
    }

    @Test
    void an_unknown_price_at_expiry_gives_no_profit() {
        OpenTrade day = trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 0, 1_440);
        Verdict verdict = judge.judge(day, Timeline.of(List.of(entry(0))), at(1_440));
        assertThat(verdict.status()).isEqualTo(TradeStatus.EXPIRED);
        assertThat(verdict.exitPrice()).isNull();
        assertThat(verdict.profitUsd()).isNull();
    }

    @Test
    void before_its_time_is_over_an_undecided_trade_stays_active() {
        Verdict verdict = judged(59, entry(0), calm(1));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.reason()).isNull();
        assertThat(verdict.endedAt()).isNull();
    }

    @Test
    void a_zone_that_is_never_touched_is_invalidated_at_expiry_even_when_the_target_is_passed() {
        Candle above = bar(0, 100_500, 101_500, 100_100, 101_000);
        assertThat(judged(59, above).status()).isEqualTo(TradeStatus.ACTIVE);
        Verdict verdict = judged(60, above);
        assertThat(verdict.status()).isEqualTo(TradeStatus.INVALIDATED);
        assertThat(verdict.reason()).isEqualTo(Reason.NOT_FILLED);
        assertThat(verdict.profitUsd()).isNull();
    }

    @Test
    void no_candle_in_the_window_is_invalidated_at_expiry_for_want_of_data() {
        Verdict verdict = judged(60, bar(-5, 100_000, 105_000, 95_000, 100_000), bar(60, 100_000, 105_000, 95_000, 100_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.INVALIDATED);
        assertThat(verdict.reason()).isEqualTo(Reason.NO_DATA);
        assertThat(judged(59).status()).isEqualTo(TradeStatus.ACTIVE);
    }

    @Test
    void candles_that_began_before_generation_or_end_after_expiry_do_not_count() {
        OpenTrade trade = trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 1, 3);
        Candle early = bar(KRAKEN, 0, 2, 100_000, 101_500, 99_900, 100_000);
        Candle inside = bar(KRAKEN, 2, 1, 100_000, 100_100, 99_900, 100_000);
        Candle late = bar(KRAKEN, 3, 2, 100_000, 101_500, 99_900, 100_000);
        assertThat(judge.judge(trade, Timeline.of(List.of(early, inside, late)), at(5)).status()).isEqualTo(TradeStatus.EXPIRED);
    }

    @Test
    void coming_down_into_the_zone_the_stop_of_the_same_candle_counts_and_a_target_does_not() {
        Verdict target = judged(2, bar(0, 100_500, 101_500, 99_950, 100_400), calm(1));
        assertThat(target.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(target.standing().enteredAt()).isEqualTo(at(0));
        assertThat(target.standing().ambiguous()).isTrue();
        Verdict stop = judged(2, bar(0, 100_500, 100_600, 98_900, 100_400), calm(1));
        assertThat(stop.status()).isEqualTo(TradeStatus.NOT_HIT);
        assertThat(stop.standing().ambiguous()).isFalse();
    }

    @Test
    void coming_up_into_the_zone_the_target_of_the_same_candle_counts_and_the_stop_wins_over_it() {
        Verdict target = judged(2, bar(0, 99_500, 101_500, 99_400, 101_000), calm(1));
        assertThat(target.status()).isEqualTo(TradeStatus.HIT);
        assertThat(target.standing().ambiguous()).isFalse();
        Verdict stop = judged(2, bar(0, 99_500, 101_500, 98_900, 101_000), calm(1));
        assertThat(stop.status()).isEqualTo(TradeStatus.NOT_HIT);
        assertThat(stop.standing().ambiguous()).isTrue();
    }

    @Test
    void within_a_zone_the_position_is_opened_at_the_edge_that_is_touched_first() {
        OpenTrade zone = trade(Direction.LONG, 99_800, 100_200, 101_000, 102_000, 103_000, 99_000, 0, 60);
        assertThat(entryPrice(zone, bar(0, 100_500, 100_600, 99_900, 100_000))).isEqualByComparingTo("100200");
        assertThat(entryPrice(zone, bar(0, 99_500, 100_000, 99_400, 100_000))).isEqualByComparingTo("99800");
        assertThat(entryPrice(zone, bar(0, 100_100, 100_150, 100_050, 100_100))).isEqualByComparingTo("100100");
    }

    @Test
    void a_jump_down_past_the_zone_fills_the_waiting_order_and_a_jump_up_past_it_fills_nobody() {
        Verdict down = judged(2, bar(0, 100_500, 100_600, 100_400, 100_500), bar(1, 99_500, 99_600, 99_400, 99_500));
        assertThat(down.standing().entryPrice()).isEqualByComparingTo("100000");
        Verdict up = judged(2, bar(0, 99_500, 99_600, 99_400, 99_500), bar(1, 100_500, 101_500, 100_400, 101_000));
        assertThat(up.standing().enteredAt()).isNull();
        assertThat(up.standing().cameFrom()).isEqualTo(Side.WINNING);
    }

    private BigDecimal entryPrice(OpenTrade trade, Candle candle) {
        return judge.judge(trade, Timeline.of(List.of(candle)), at(1)).standing().entryPrice();
    }

    @Test
    void a_wick_on_one_venue_while_the_other_stays_clear_is_an_anomaly_and_no_touch() {
        Verdict verdict = judged(2, entry(0), bar(OTHER, 0, 1, 100_000, 100_100, 99_900, 100_000),
                bar(1, 100_000, 103_500, 99_900, 100_000), bar(OTHER, 1, 1, 100_000, 100_100, 99_950, 100_000));
        // 101,000 is 0.9 % above the other venue's high and so confirmed; 102,000 is 1.9 % above it.
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_1);
        Verdict next = judge.judge(longTrade().with(verdict.standing()), Timeline.of(List.of(
                bar(2, 100_000, 103_500, 99_900, 100_000), bar(OTHER, 2, 1, 100_000, 100_100, 99_950, 100_000))), at(3));
        assertThat(next.reason()).isEqualTo(Reason.TARGET_1);
        assertThat(next.refused().level()).isEqualByComparingTo("102000");
        assertThat(next.refused().seen()).isEqualByComparingTo("103500");
    }

    @Test
    void a_stop_that_only_one_venue_passed_far_from_the_other_is_refused_too() {
        Verdict verdict = judged(2, entry(0), bar(OTHER, 0, 1, 100_200, 100_300, 100_150, 100_200),
                bar(1, 100_000, 100_100, 97_000, 100_000), bar(OTHER, 1, 1, 100_100, 100_200, 100_050, 100_100));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused().level()).isEqualByComparingTo("99000");
    }

    @Test
    void a_touch_that_the_other_venue_came_within_one_percent_of_counts() {
        Verdict verdict = judged(2, entry(0), bar(OTHER, 0, 1, 100_000, 100_000, 100_000, 100_000),
                bar(1, 100_000, 101_000, 99_900, 100_000), bar(OTHER, 1, 1, 100_000, 100_050, 99_950, 100_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.HIT);
        assertThat(verdict.standing().singleVenue()).isFalse();
    }

    @Test
    void with_one_venue_only_a_touch_counts_and_is_marked() {
        assertThat(judged(2, entry(0), bar(1, 100_500, 101_000, 100_400, 100_900)).standing().singleVenue()).isTrue();
    }

    @Test
    void a_longer_candle_of_the_other_venue_bears_witness() {
        Candle witness = bar(OTHER, 0, 30, 100_000, 100_100, 99_900, 100_000);
        Verdict verdict = judged(30, entry(0), bar(1, 100_000, 103_500, 99_900, 100_000), witness);
        assertThat(verdict.reason()).isEqualTo(Reason.TARGET_1);
        assertThat(verdict.standing().singleVenue()).isFalse();
    }

    @Test
    void with_four_venues_the_majority_decides() {
        List<Candle> frozen = List.of(entry(0), bar("B", 0, 1, 100_000, 100_000, 100_000, 100_000),
                bar(1, 100_000, 101_500, 100_000, 101_000), bar("B", 1, 1, 100_000, 101_400, 100_000, 101_000),
                bar("C", 1, 1, 100_000, 101_300, 100_000, 101_000), bar("D", 1, 1, 97_000, 97_000, 97_000, 97_000));
        assertThat(judge.judge(longTrade(), Timeline.of(frozen), at(2)).status()).isEqualTo(TradeStatus.HIT);
    }

    @Test
    void a_span_in_which_the_venues_agree_on_nothing_decides_nothing() {
        Verdict verdict = judged(2, entry(0), bar(OTHER, 0, 1, 100_000, 100_000, 100_000, 100_000),
                bar(1, 90_000, 90_100, 89_900, 90_000), bar(OTHER, 1, 1, 104_000, 104_100, 103_900, 104_000));
        assertThat(verdict.status()).isEqualTo(TradeStatus.ACTIVE);
        assertThat(verdict.refused()).isNotNull();
    }

    @Test
    void levels_that_contradict_each_other_are_invalidated_at_once() {
        OpenTrade wrong = trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 100_500, 0, 60);
        Verdict verdict = judge.judge(wrong, Timeline.of(List.of()), at(1));
        assertThat(verdict.reason()).isEqualTo(Reason.LEVELS_CONTRADICT);
        assertThat(verdict.isFinal()).isTrue();
    }

    @Test
    void judging_candle_by_candle_gives_what_judging_in_one_go_gives() {
        List<Candle> candles = List.of(bar(0, 100_500, 100_600, 99_950, 100_000), bar(1, 100_500, 101_000, 100_400, 100_900),
                bar(2, 100_900, 102_000, 100_900, 101_500), bar(3, 101_500, 101_500, 98_000, 98_500));
        OpenTrade trade = longTrade();
        Verdict step = null;
        for (int minute = 1; minute <= 4; minute++) {
            step = judge.judge(trade, Timeline.of(candles.subList(minute - 1, minute)), at(minute));
            trade = trade.with(step.standing());
        }
        assertThat(step).isEqualTo(judge.judge(longTrade(), Timeline.of(candles), at(4)));
    }
}
