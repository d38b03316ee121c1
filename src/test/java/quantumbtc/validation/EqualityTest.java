package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.market.CandleFile;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;

/** Three ways to judge 5,000 random trades over real candles: by the rule's slow restatement, in one go, and hour by hour through the tables. */
class EqualityTest {

    private static final int TRADES = 5_000;
    private static final BigDecimal CENT = new BigDecimal("0.000001");

    /** Property {@code candles.file}: the same over a whole candle file, which is too long for every build. */
    private final List<Candle> candles = System.getProperty("candles.file") == null ? RealMinutes.ofTwoVenues(7)
            : CandleFile.read(Path.of(System.getProperty("candles.file")));
    private final Instant first = candles.get(0).start();
    private final Instant end = candles.stream().map(Candle::end).max(Instant::compareTo).orElseThrow();
    private final List<OpenTrade> trades = trades(new Random(11));

    private List<OpenTrade> trades(Random random) {
        List<OpenTrade> made = new ArrayList<>();
        for (int i = 0; i < TRADES; i++) {
            Candle from = candles.get(random.nextInt(candles.size() / 2));
            boolean up = random.nextBoolean();
            double entry = from.close().doubleValue() * (1 + (random.nextDouble() - 0.5) * 0.01);
            double width = random.nextInt(3) == 0 ? 0 : entry * 0.002 * random.nextDouble();
            double step = entry * (0.001 + 0.03 * random.nextDouble()) * (up ? 1 : -1);
            EntryZone zone = new EntryZone(price(entry - width), price(entry + width), price(entry));
            List<Target> targets = List.of(new Target(price(entry + step + Math.signum(step) * width), 50),
                    new Target(price(entry + 1.7 * step + Math.signum(step) * width), 30), new Target(price(entry + 2.5 * step + Math.signum(step) * width), 20));
            double stop = entry - step * (0.3 + random.nextDouble()) - Math.signum(step) * width;
            Instant generated = from.start().plusSeconds(random.nextInt(60));
            made.add(new OpenTrade(new UUID(random.nextLong(), random.nextLong()), up ? Direction.LONG : Direction.SHORT, zone, targets, price(stop),
                    generated, generated.plus(Duration.ofMinutes(10 + random.nextInt(3_000))), Standing.NONE));
        }
        return made;
    }

    private static BigDecimal price(double value) {
        return BigDecimal.valueOf(value).setScale(8, RoundingMode.HALF_UP);
    }

    @Test
    void the_judge_agrees_with_its_slow_restatement() {
        Timeline timeline = Timeline.of(candles);
        Map<String, Integer> seen = new HashMap<>();
        for (OpenTrade trade : trades) {
            Verdict verdict = new Judge().judge(trade, timeline, end);
            SlowJudge.Answer slow = new SlowJudge(trade, candles).answer(end);
            assertThat(told(verdict)).as("%s", trade).isEqualTo(told(slow));
            requireSameProfit(trade, verdict.profitUsd(), slow.profit());
            seen.merge(verdict.reason() + (verdict.standing().ambiguous() ? " ambiguous" : ""), 1, Integer::sum);
        }
        // Every branch must have been walked, or equality says little.
        assertThat(seen.keySet()).contains("TARGET_1", "TARGET_2", "TARGET_3", "STOP_FIRST", "TIME_OVER", "NOT_FILLED",
                "STOP_FIRST ambiguous", "TARGET_1 ambiguous");
    }

    private static String told(Verdict verdict) {
        Standing standing = verdict.standing();
        List<Instant> targets = new ArrayList<>();
        for (Instant at : new Instant[] {standing.target1At(), standing.target2At(), standing.target3At()}) {
            if (at != null) {
                targets.add(at);
            }
        }
        return verdict.status() + " " + standing.enteredAt() + " " + targets + " " + verdict.stopAt() + " " + standing.ambiguous() + " " + standing.singleVenue();
    }

    private static String told(SlowJudge.Answer slow) {
        return slow.status() + " " + slow.entered() + " " + slow.targets() + " " + slow.stopped() + " " + slow.ambiguous() + " " + slow.single();
    }

    private static void requireSameProfit(OpenTrade trade, BigDecimal profit, BigDecimal expected) {
        assertThat(profit == null).as("%s", trade).isEqualTo(expected == null);
        if (profit != null) {
            assertThat(profit.subtract(expected).abs()).as("%s", trade).isLessThan(CENT);
        }
    }

    @Test
    void the_tables_after_many_runs_agree_with_the_slow_restatement() {
        try (ValidationStage stage = new ValidationStage()) {
            Random random = new Random(3);
            Instant judged = first;
            List<OpenTrade> waiting = new ArrayList<>(trades);
            while (judged.isBefore(end)) {
                Instant until = min(judged.plus(Duration.ofMinutes(30 + random.nextInt(1_200))), end);
                List<OpenTrade> arrived = waiting.stream().filter(trade -> trade.generatedAt().isBefore(until)).toList();
                waiting.removeAll(arrived);
                stage.store(arrived);
                Instant from = judged.minus(Duration.ofHours(25));
                stage.validate(until, candles.stream().filter(candle -> !candle.start().isBefore(from) && !candle.end().isAfter(until)).toList(), null);
                judged = until;
            }
            Map<UUID, OpenTrade> byId = trades.stream().collect(Collectors.toMap(OpenTrade::id, Function.identity()));
            stage.database.database().jdbi().useHandle(handle -> handle.createQuery("""
                    SELECT t.id, t.status, o.entered_at, o.tp1_hit_at, o.tp2_hit_at, o.tp3_hit_at, o.stop_hit_at, o.ambiguous, o.single_venue, o.profit_usd
                    FROM btc_trades t LEFT JOIN quantum_ops.trade_outcomes o ON o.trade_id = t.id""").map((row, context) -> {
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
                                + row.getBoolean("single_venue")).as("%s", trade).isEqualTo(told(slow));
                        requireSameProfit(trade, row.getBigDecimal("profit_usd"), slow.profit());
                        return 1;
                    }).list());
            assertThat(byId).isEmpty();
            Timeline timeline = Timeline.of(candles);
            long open = trades.stream().filter(trade -> !new Judge().judge(trade, timeline, end).isFinal()).count();
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
