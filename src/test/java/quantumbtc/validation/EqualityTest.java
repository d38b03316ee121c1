package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;

/** Three ways to judge 5,000 random trades over real candles: by the rule's slow restatement, in one go, and hour by hour through the tables. */
class EqualityTest {

    private static final int TRADES = 5_000;

    private final List<Candle> candles = RealMinutes.ofTwoVenues(7);
    private final Instant first = candles.get(0).start();
    /** Judging waits for the venue that is behind. */
    private final Instant end = candles.stream().collect(Collectors.groupingBy(Candle::venue, Collectors.mapping(Candle::end, Collectors.maxBy(Instant::compareTo))))
            .values().stream().map(Optional::orElseThrow).min(Instant::compareTo).orElseThrow();
    private final List<OpenTrade> trades = JudgeComparison.trades(candles, TRADES, new Random(11));

    @Test
    void the_judge_agrees_with_its_slow_restatement() {
        JudgeComparison.Result result = JudgeComparison.compare(trades, candles);
        assertThat(result.differing()).isEmpty();
        assertThat(result.equal()).isEqualTo(TRADES);
        // Every branch must have been walked, or equality says little.
        assertThat(result.outcomes().keySet()).contains("ACTIVE", "TARGET_1", "TARGET_2", "TARGET_3", "STOP_FIRST", "TIME_OVER", "NOT_FILLED", "NO_DATA",
                "STOP_FIRST ambiguous", "TARGET_1 ambiguous");
    }

    @Test
    void the_judge_agrees_with_its_slow_restatement_where_each_entry_lies_at_100_000() {
        JudgeComparison.Result result = JudgeComparison.compareAtHundredThousand(trades.subList(0, 500), candles);
        assertThat(result.differing()).isEmpty();
        assertThat(result.equal()).isEqualTo(500);
    }

    @Test
    void the_tables_after_many_runs_agree_with_the_slow_restatement() {
        try (ValidationStage stage = new ValidationStage()) {
            Random random = new Random(3);
            Instant judged = first;
            List<OpenTrade> begun = trades.stream().filter(trade -> trade.generatedAt().isBefore(end)).toList();
            List<OpenTrade> waiting = new ArrayList<>(begun);
            while (judged.isBefore(end)) {
                Instant until = min(judged.plus(Duration.ofMinutes(30 + random.nextInt(1_200))), end);
                List<OpenTrade> arrived = waiting.stream().filter(trade -> trade.generatedAt().isBefore(until)).toList();
                waiting.removeAll(arrived);
                stage.store(arrived);
                Instant from = judged.minus(Duration.ofHours(25));
                stage.validate(until, candles.stream().filter(candle -> !candle.start().isBefore(from) && !candle.end().isAfter(until)).toList(), null);
                judged = until;
            }
            Map<UUID, OpenTrade> byId = begun.stream().collect(Collectors.toMap(OpenTrade::id, Function.identity()));
            stage.database.database().jdbi().useHandle(handle -> handle.createQuery("""
                    SELECT t.id, t.status, coalesce(o.entered_at, p.entered_at) AS entered_at, o.tp1_hit_at, o.tp2_hit_at, o.tp3_hit_at, o.stop_hit_at,
                           coalesce(o.ambiguous, p.ambiguous) AS ambiguous, coalesce(o.single_venue, p.single_venue) AS single_venue, o.profit_usd
                    FROM btc_trades t LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = t.id
                    LEFT JOIN quantum_ops.open_trades p ON p.trade_id = t.id""").map((row, context) -> {
                        OpenTrade trade = byId.remove(row.getObject("id", UUID.class));
                        SlowJudge.Answer slow = new SlowJudge(trade, candles).answer(end);
                        List<Instant> targets = new ArrayList<>();
                        for (String column : List.of("tp1_hit_at", "tp2_hit_at", "tp3_hit_at")) {
                            if (row.getObject(column) != null) {
                                targets.add(instant(row.getObject(column, OffsetDateTime.class)));
                            }
                        }
                        assertThat(row.getString("status") + " " + instant(row.getObject("entered_at", OffsetDateTime.class)) + " " + targets + " "
                                + instant(row.getObject("stop_hit_at", OffsetDateTime.class)) + " " + row.getBoolean("ambiguous") + " "
                                + row.getBoolean("single_venue")).as("%s", trade).isEqualTo(JudgeComparison.told(slow));
                        assertThat(JudgeComparison.sameProfit(row.getBigDecimal("profit_usd"), slow.profit())).as("%s", trade).isTrue();
                        return 1;
                    }).list());
            assertThat(byId).isEmpty();
            Timeline timeline = Timeline.of(candles);
            long open = begun.stream().filter(trade -> !new Judge().judge(trade, timeline, end).isFinal()).count();
            assertThat(stage.database.count("quantum_ops.open_trades")).isEqualTo(open);
        }
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
