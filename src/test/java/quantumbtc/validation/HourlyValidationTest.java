package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quantumbtc.validation.Bars.OTHER;
import static quantumbtc.validation.Bars.at;
import static quantumbtc.validation.Bars.bar;
import static quantumbtc.validation.Bars.longTrade;
import static quantumbtc.validation.Bars.shortTrade;
import static quantumbtc.validation.Bars.trade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantumbtc.db.Refused;
import quantumbtc.market.Assessment;
import quantumbtc.market.Candle;
import quantumbtc.market.ChainState;
import quantumbtc.market.MarketData;
import quantumbtc.market.Purity;
import quantumbtc.market.Quote;
import quantumbtc.market.Source;
import quantumbtc.trade.Direction;

class HourlyValidationTest {

    private final ValidationStage stage = new ValidationStage();

    @AfterEach
    void close() {
        stage.close();
    }

    /** A candle a minute that stays at the price, from the minute up to the other. */
    private static List<Candle> calm(int from, int to, double price) {
        List<Candle> candles = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            candles.add(bar(minute, price, price, price, price));
        }
        return candles;
    }

    private static List<Candle> with(List<Candle> candles, Candle... instead) {
        List<Candle> all = new ArrayList<>(candles);
        for (Candle candle : instead) {
            all.removeIf(other -> other.start().equals(candle.start()));
            all.add(candle);
        }
        return all;
    }

    private static Assessment market(double price) {
        MarketData data = new MarketData(at(60), List.of(Source.KRAKEN), List.of(new Quote(Source.KRAKEN, Bars.price(price), at(60), null,
                new BigDecimal("1200"), null, false)), new ChainState(12_000, null, null, null, at(60)), null, List.of(), false);
        Purity purity = new Purity(82, true, Bars.price(price), null, false, List.of(Source.KRAKEN), List.of(), List.of());
        return new Assessment(data, purity);
    }

    @Test
    void each_trade_gets_its_status_and_its_outcome_and_open_ones_stay_untouched() {
        UUID hit = stage.store(longTrade());
        UUID stopped = stage.store(shortTrade());
        UUID open = stage.store(trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 0, 600));
        UUID notFilled = stage.store(trade(Direction.LONG, 95_000, 95_000, 96_000, 97_000, 98_000, 94_000, 0, 60));
        String before = stage.database.value("SELECT xmin::text FROM btc_trades WHERE id = '" + open + "'", String.class);

        ValidationReport report = stage.validate(at(60), with(calm(0, 60, 100_000), bar(10, 100_000, 101_500, 100_000, 101_200)), market(100_100));

        assertThat(stage.status(hit)).isEqualTo("HIT");
        assertThat(stage.status(stopped)).isEqualTo("NOT_HIT");
        assertThat(stage.status(open)).isEqualTo("ACTIVE");
        assertThat(stage.status(notFilled)).isEqualTo("INVALIDATED");
        assertThat(stage.outcome(notFilled, "reason")).isEqualTo("NOT_FILLED");
        assertThat(stage.outcome(hit, "profit_usd")).startsWith("0.99");
        assertThat(report.success()).isTrue();
        assertThat(report.summary()).usingRecursiveComparison().ignoringFields("executionTime")
                .isEqualTo(new Summary(4, 1, 1, 1, 0, 0, 0));
        assertThat(stage.database.value("SELECT xmin::text FROM btc_trades WHERE id = '" + open + "'", String.class)).isEqualTo(before);
    }

    @Test
    void a_snapshot_holds_what_the_sources_said_and_null_for_what_they_did_not() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 0, 600));
        stage.validate(at(60), calm(0, 60, 100_000), market(100_500));
        assertThat(stage.database.value("SELECT row(trade_id, snapshot_at AT TIME ZONE 'UTC', price, volume_24h, market_cap, mempool_size, whale_transactions, "
                + "sentiment_score, social_dominance, phase_shift_detected, data_quality_score)::text FROM btc_hourly_snapshots", String.class))
                .isEqualTo("(" + id + ",\"2020-01-01 01:00:00\",100500.00000000,,,12000,,,,,82)");
        // 10 % of the time gone, 5 % of the way made: 5 % of the way behind.
        assertThat(stage.database.value("SELECT deviation_from_prediction FROM btc_hourly_snapshots", BigDecimal.class)).isEqualByComparingTo("5");
    }

    @Test
    void a_second_run_changes_nothing() {
        stage.store(List.of(longTrade(), shortTrade(), trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 0, 600)));
        List<Candle> candles = with(calm(0, 60, 100_000), bar(10, 100_000, 101_500, 100_000, 101_200));
        stage.validate(at(60), candles, market(100_100));
        String after = stage.everything();
        ValidationReport again = stage.validate(at(60), candles, market(100_200));
        assertThat(stage.everything()).isEqualTo(after);
        assertThat(again.summary().tradesHit() + again.summary().tradesNotHit()).isZero();
    }

    @Test
    void after_six_hours_of_outage_every_missed_hour_is_judged_and_has_its_snapshot() {
        UUID early = stage.store(trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 0, 1_440));
        stage.validate(at(60), calm(0, 60, 100_000), market(100_000));
        UUID hit = stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 61, 1_440));
        List<Candle> outage = with(calm(60, 420, 100_000), bar(150, 100_000, 103_500, 100_000, 103_000));
        outage.removeIf(candle -> !candle.start().isBefore(at(190)) && candle.start().isBefore(at(310)));
        stage.validate(at(420), outage, market(100_000));

        assertThat(stage.status(hit)).isEqualTo("HIT");
        assertThat(stage.outcome(hit, "tp3_hit_at")).startsWith("2020-01-01 02:30");
        // From 03:10 to 05:10 there were no candles, so five o'clock has no price and no snapshot; four has one of 03:09.
        assertThat(hours(early)).isEqualTo("1,2,3,4,6,7");
        // The trade that ended at 02:30 has the hour after its end, and none later.
        assertThat(hours(hit)).isEqualTo("2,3");
    }

    private String hours(UUID trade) {
        return stage.database.value("SELECT string_agg(extract(hour FROM snapshot_at AT TIME ZONE 'UTC')::text, ',' ORDER BY snapshot_at) "
                + "FROM btc_hourly_snapshots WHERE trade_id = '" + trade + "'", String.class);
    }

    @Test
    void judging_hour_by_hour_gives_what_one_run_over_all_hours_gives() {
        List<OpenTrade> trades = List.of(longTrade(), shortTrade(), trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 30, 300));
        List<Candle> candles = with(calm(0, 300, 100_000), bar(45, 100_000, 101_500, 99_800, 100_500), bar(130, 100_500, 102_500, 100_000, 101_000),
                bar(200, 101_000, 101_000, 98_000, 98_500));
        stage.store(trades);
        for (int hour = 1; hour <= 5; hour++) {
            int until = hour * 60;
            stage.validate(at(until), candles.stream().filter(candle -> !candle.end().isAfter(at(until))).toList(), null);
        }
        try (ValidationStage other = new ValidationStage()) {
            other.store(trades);
            other.validate(at(300), candles, null);
            String columns = "SELECT string_agg(row(trade_id, status, reason, entered_at, entry_price, tp1_hit_at, tp2_hit_at, stop_hit_at, exit_price, "
                    + "profit_usd, ambiguous)::text, ';' ORDER BY trade_id) FROM quantum_ops.trade_outcomes";
            assertThat(stage.database.value(columns, String.class)).isEqualTo(other.database.value(columns, String.class));
        }
    }

    @Test
    void a_hit_goes_on_until_its_rest_is_closed_and_has_no_profit_before() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 0, 600));
        stage.validate(at(60), with(calm(0, 60, 100_000), bar(30, 100_000, 101_000, 100_000, 100_000)), null);
        assertThat(stage.status(id)).isEqualTo("HIT");
        assertThat(stage.outcome(id, "profit_usd")).isNull();
        stage.validate(at(120), with(calm(60, 120, 100_000), bar(90, 100_000, 100_000, 98_000, 98_500)), null);
        assertThat(stage.status(id)).isEqualTo("HIT");
        assertThat(stage.outcome(id, "profit_usd")).isEqualTo("-4.00000000");
        assertThat(stage.database.count("quantum_ops.open_trades")).isZero();
    }

    @Test
    void a_trade_that_comes_late_is_judged_from_its_own_beginning() {
        stage.store(longTrade());
        stage.validate(at(120), calm(0, 120, 100_000), null);
        UUID late = stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 10, 600));
        stage.validate(at(180), with(calm(0, 180, 100_000), bar(50, 100_000, 101_000, 100_000, 100_000)), null);
        assertThat(stage.outcome(late, "tp1_hit_at")).startsWith("2020-01-01 00:50");
    }

    @Test
    void migrated_trades_whose_time_was_over_long_ago_are_closed_without_candles_of_it_as_soon_as_there_are_any_and_get_no_snapshot() {
        UUID old = stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, -100_000, -98_560));
        UUID young = stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, -60, 90));
        ValidationReport report = stage.validate(at(120), List.of(), market(100_000));
        assertThat(stage.status(old)).as("while the sources are silent").isEqualTo("ACTIVE");
        assertThat(stage.status(young)).isEqualTo("ACTIVE");
        assertThat(report.success()).isFalse();
        assertThat(report.errors()).singleElement().asString().contains("no candles could be had");
        assertThat(stage.database.count("btc_hourly_snapshots")).isEqualTo(1);
        assertThat(stage.database.count("quantum_anomaly_logs WHERE anomaly_type = 'NO_CANDLES' AND severity = 'ERROR' AND impact <> ''")).isEqualTo(1);

        stage.validate(at(180), calm(-60, 180, 100_000), market(100_000));
        assertThat(stage.status(old)).isEqualTo("INVALIDATED");
        assertThat(stage.outcome(old, "reason")).isEqualTo("NO_DATA");
        assertThat(stage.status(young)).as("caught up").isEqualTo("EXPIRED");
    }

    @Test
    void a_trade_that_cannot_be_judged_is_counted_and_stops_no_other() {
        UUID absurd = stage.store(new OpenTrade(UUID.randomUUID(), Direction.LONG, new quantumbtc.trade.EntryZone(tiny(2), tiny(2), tiny(2)),
                List.of(target("3"), target("3"), target("3")), tiny(1), at(0), at(60), Standing.NONE));
        UUID sound = stage.store(trade(Direction.LONG, 100_000, 100_000, 101_000, 102_000, 103_000, 99_000, 2, 60));
        Candle absurdBar = new Candle(at(1), java.time.Duration.ofMinutes(1), tiny(2), new BigDecimal("999999999999"), tiny(2), tiny(2), null, Bars.KRAKEN);
        Candle soundBar = bar(3, 100_000, 101_000, 100_000, 100_500);
        ValidationReport report = stage.validate(at(60), List.of(absurdBar, bar(2, 100_000, 100_000, 100_000, 100_000), soundBar), null);
        assertThat(stage.status(absurd)).isEqualTo("ACTIVE");
        assertThat(stage.status(sound)).isEqualTo("HIT");
        assertThat(report.success()).isFalse();
        assertThat(report.errors()).singleElement().asString().contains(absurd.toString()).contains("stays ACTIVE");
        assertThat(report.summary().tradesValidated()).isEqualTo(1);
        assertThat(stage.database.value("SELECT judged_until FROM quantum_ops.open_trades WHERE trade_id = '" + absurd + "'",
                java.time.OffsetDateTime.class).toInstant()).isEqualTo(at(0));
    }

    private static BigDecimal tiny(int units) {
        return BigDecimal.valueOf(units, 8);
    }

    private static quantumbtc.trade.Target target(String price) {
        return new quantumbtc.trade.Target(new BigDecimal(price + "00000000000"), 50);
    }

    @Test
    void a_refused_touch_is_written_as_a_whole_anomaly_once() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 105_000, 106_000, 107_000, 95_000, 0, 600));
        List<Candle> candles = new ArrayList<>(with(calm(0, 60, 100_000), bar(30, 100_000, 106_000, 100_000, 100_000)));
        candles.add(bar(OTHER, 0, 60, 100_000, 100_100, 99_900, 100_000));
        ValidationReport report = stage.validate(at(60), candles, null);
        assertThat(stage.status(id)).isEqualTo("ACTIVE");
        assertThat(report.summary().anomaliesDetected()).isEqualTo(1);
        stage.validate(at(60), candles, null);
        assertThat(stage.database.value("SELECT row(anomaly_type, severity, affected_sources, trade_id, impact <> '')::text FROM quantum_anomaly_logs", String.class))
                .isEqualTo("(VENUE_DISAGREEMENT,WARNING,\"[\"\"Kraken\"\", \"\"CoinGecko\"\"]\"," + id + ",t)");
    }

    /** The other venue's half hours, which stay at 100,000. */
    private static List<Candle> halfHours(int from, int to) {
        List<Candle> candles = new ArrayList<>();
        for (int minute = from; minute < to; minute += 30) {
            candles.add(bar(OTHER, minute, 30, 100_000, 100_100, 99_900, 100_000));
        }
        return candles;
    }

    private static List<Candle> both(List<Candle> candles, List<Candle> others) {
        List<Candle> all = new ArrayList<>(candles);
        all.addAll(others);
        return all;
    }

    @Test
    void a_touch_waits_for_the_venue_that_is_behind_and_may_contradict_it() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 105_000, 106_000, 107_000, 95_000, 0, 600));
        List<Candle> wick = with(calm(0, 60, 100_000), bar(45, 100_000, 106_000, 100_000, 100_000));
        stage.validate(at(60), both(wick, halfHours(0, 30)), null);
        assertThat(stage.status(id)).isEqualTo("ACTIVE");
        stage.validate(at(120), both(both(wick, calm(60, 120, 100_000)), halfHours(0, 120)), null);
        assertThat(stage.status(id)).isEqualTo("ACTIVE");
        assertThat(stage.database.count("quantum_anomaly_logs WHERE anomaly_type = 'VENUE_DISAGREEMENT'")).isEqualTo(1);
    }

    @Test
    void a_minute_that_comes_late_is_judged_when_it_is_there() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 100_500, 101_000, 101_500, 95_000, 0, 600));
        stage.validate(at(60), both(calm(0, 59, 100_000), halfHours(0, 60)), null);
        assertThat(stage.status(id)).isEqualTo("ACTIVE");
        stage.validate(at(120), both(with(calm(0, 120, 100_000), bar(59, 100_000, 100_600, 100_000, 100_000)), halfHours(0, 120)), null);
        assertThat(stage.outcome(id, "tp1_hit_at")).startsWith("2020-01-01 00:59");
    }

    @Test
    void a_venue_that_is_hours_behind_is_not_waited_for() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 105_000, 106_000, 107_000, 95_000, 0, 600));
        List<Candle> rise = with(calm(0, 180, 100_000), bar(170, 100_000, 106_000, 100_000, 105_500));
        stage.validate(at(180), both(rise, halfHours(0, 60)), null);
        assertThat(stage.status(id)).isEqualTo("HIT");
        assertThat(stage.outcome(id, "single_venue")).isEqualTo("true");
    }

    @Test
    void what_was_judged_stays_judged_when_candles_of_that_time_come_later() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 105_000, 106_000, 107_000, 95_000, 0, 600));
        stage.validate(at(60), halfHours(0, 60), null);
        stage.validate(at(120), both(with(calm(0, 120, 100_000), bar(45, 100_000, 106_000, 100_000, 100_000)), halfHours(0, 120)), null);
        assertThat(stage.status(id)).isEqualTo("ACTIVE");
        assertThat(stage.database.count("quantum_anomaly_logs WHERE anomaly_type = 'VENUE_DISAGREEMENT'")).isZero();
    }

    @Test
    void a_phase_shift_is_the_turn_of_the_last_three_hourly_prices_against_the_three_before() {
        UUID id = stage.store(trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 0, 6_000));
        double[] prices = {100_000, 100_500, 101_000, 100_900, 100_400, 100_000, 99_500};
        for (int hour = 1; hour <= prices.length; hour++) {
            stage.validate(at(hour * 60), calm((hour - 1) * 60, hour * 60, prices[hour - 1]), market(prices[hour - 1]));
        }
        assertThat(stage.database.value("SELECT string_agg(coalesce(phase_shift_detected::text, 'unknown'), ',' ORDER BY snapshot_at) "
                + "FROM btc_hourly_snapshots WHERE trade_id = '" + id + "'", String.class))
                .isEqualTo("unknown,unknown,unknown,unknown,unknown,true,true");
        assertThat(stage.database.count("quantum_anomaly_logs WHERE anomaly_type = 'PHASE_SHIFT'")).isEqualTo(2);
    }

    @Test
    void accuracy_is_kept_with_every_issued_trade_in_the_denominator() {
        stage.store(List.of(longTrade(), shortTrade(), trade(Direction.LONG, 95_000, 95_000, 96_000, 97_000, 98_000, 94_000, 0, 60)));
        stage.validate(at(60), with(calm(0, 60, 100_000), bar(10, 100_000, 101_500, 100_000, 101_200)), market(100_000));
        assertThat(stage.database.value("SELECT row(total_trades, trades_hit, trades_not_hit, trades_invalidated, trades_expired, overall_accuracy_rate, "
                + "accuracy_1h, accuracy_4h, api_reliability_kraken)::text FROM prediction_accuracy_database", String.class))
                .isEqualTo("(3,1,1,1,0,33.33,33.33,,)");
    }

    @Test
    void without_a_sync_no_outcome_waits_to_be_carried_back_and_none_is_looked_for() {
        stage.store(shortTrade());
        stage.validate(at(60), with(calm(0, 60, 100_000), bar(10, 100_000, 101_500, 100_000, 101_200)), null);
        assertThat(stage.database.count("quantum_ops.trade_outcomes WHERE carried_at IS NULL")).isEqualTo(1);
        assertThat(stage.database.value("SELECT carry_pending FROM quantum_ops.sync_lag", Long.class)).isZero();
        stage.database.execute("UPDATE quantum_ops.rollout SET percent = 100");
        stage.database.execute("UPDATE quantum_ops.sync_control SET state = 'ON'");
        assertThat(stage.database.value("SELECT carry_pending FROM quantum_ops.sync_lag", Long.class)).isEqualTo(1);
    }

    @Test
    void a_trade_whose_user_went_to_atge_and_came_again_is_judged_on_the_candles_in_between() {
        UUID id = stage.store(trade(Direction.LONG, 99_900, 100_100, 101_000, 102_000, 103_000, 99_000, 0, 300));
        stage.database.execute("UPDATE quantum_ops.sync_control SET state = 'ON'");
        stage.database.execute("UPDATE quantum_ops.rollout SET percent = 100");
        assertThat(stage.validate(at(60), calm(0, 60, 100_000), null).summary().tradesValidated()).isEqualTo(1);
        List<Candle> reached = with(calm(0, 180, 100_000), bar(90, 100_000, 101_500, 100_000, 100_000));
        stage.database.execute("UPDATE quantum_ops.rollout SET percent = 0");
        assertThat(stage.validate(at(120), reached.subList(0, 120), null).summary().tradesValidated()).isZero();
        assertThat(stage.status(id)).isEqualTo("ACTIVE");
        stage.database.execute("UPDATE quantum_ops.rollout SET percent = 100");
        assertThat(stage.validate(at(180), reached, null).summary().tradesHit()).isEqualTo(1);
        assertThat(stage.status(id)).isEqualTo("HIT");
    }

    @Test
    void overlapping_runs_are_refused_and_a_finished_one_makes_room() {
        ValidationRun first = stage.validation.open("timer");
        assertThatThrownBy(() -> stage.newValidation().open("rest")).isInstanceOf(Refused.class).hasMessageContaining("already under way: started by timer");
        stage.validation.judge(first, List.of(), null);
        HourlyValidation other = stage.newValidation();
        other.giveUp(other.open("rest"), new IllegalStateException("no network"));
        assertThat(stage.database.value("SELECT string_agg(state || ' ' || who, ',' ORDER BY started_at, who DESC) FROM quantum_ops.validation_runs", String.class))
                .isEqualTo("FINISHED timer,FAILED rest");
    }

    @Test
    void a_killed_run_is_taken_over_and_can_write_nothing_more() {
        stage.store(longTrade());
        ValidationLease killed = new ValidationLease(stage.database.database(), stage.clock, 30);
        ValidationRun dead = killed.open("timer");
        stage.database.execute("UPDATE quantum_ops.validation_runs SET heartbeat_at = now() - interval '31 seconds'");
        ValidationReport report = stage.validate(at(60), with(calm(0, 60, 100_000), bar(10, 100_000, 101_500, 100_000, 101_200)), null);
        assertThat(report.summary().tradesHit()).isEqualTo(1);
        assertThat(stage.database.count("quantum_ops.validation_runs WHERE state = 'ABANDONED'")).isEqualTo(1);
        assertThatThrownBy(() -> stage.validation.judge(dead, List.of(), null)).isInstanceOf(Refused.class).hasMessageContaining("another took over");
    }

    @Test
    void the_sums_follow_the_rows_also_when_somebody_else_changes_them() {
        UUID hit = stage.store(longTrade());
        stage.store(shortTrade());
        stage.validate(at(60), with(calm(0, 60, 100_000), bar(10, 100_000, 101_500, 100_000, 101_200)), null);
        assertThat(sumsDifferFromRows()).isZero();
        stage.database.execute("DELETE FROM btc_trades WHERE id = '" + hit + "'");
        stage.store(trade(Direction.LONG, 100_000, 100_000, 110_000, 111_000, 112_000, 90_000, 60, 600));
        stage.validate(at(120), calm(60, 120, 100_000), null);
        assertThat(sumsDifferFromRows()).isZero();
    }

    private Long sumsDifferFromRows() {
        return stage.database.value("""
                SELECT count(*) FROM (
                    SELECT judged, status, timeframe, decile, count(*) AS trades, sum(profit) AS profit FROM quantum_ops.trade_contributions GROUP BY 1, 2, 3, 4) r
                FULL JOIN (SELECT judged, status, timeframe, decile, sum(trades) AS trades, sum(profit_sum) AS profit FROM quantum_ops.trade_rollup
                           GROUP BY 1, 2, 3, 4 HAVING sum(trades) <> 0) s USING (judged, status, timeframe, decile)
                WHERE r.trades IS DISTINCT FROM s.trades OR coalesce(r.profit, 0) <> coalesce(s.profit, 0)""", Long.class);
    }
}
