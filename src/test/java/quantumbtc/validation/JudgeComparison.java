package quantumbtc.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import quantumbtc.market.Candle;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;
import quantumbtc.trade.Timeframe;

/** Random trades over real candles, judged by the judge and by the rule's slow restatement. */
public final class JudgeComparison {

    private static final BigDecimal SAME_PROFIT = new BigDecimal("0.000001");
    private static final BigDecimal HUNDRED_THOUSAND = new BigDecimal("100000");
    private static final int DIFFERENCES_KEPT = 10;

    /**
     * @param equal     trades of which both say the same: status, entry, every touch, marks and profit
     * @param outcomes  how many trades ended how, and with which mark: equality says little where a branch was never walked
     * @param differing the first ones of which they do not, with both answers
     */
    public record Result(int trades, int equal, Map<String, Integer> outcomes, List<String> differing) {
    }

    private JudgeComparison() {
    }

    /** Long and short, with windows of a few candles and of each timeframe; half begin with a candle, half within one. */
    public static List<OpenTrade> trades(List<Candle> candles, int number, Random random) {
        Duration step = candles.get(0).duration();
        List<OpenTrade> made = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Candle from = candles.get(random.nextInt(candles.size()));
            boolean up = random.nextBoolean();
            double entry = from.close().doubleValue() * (1 + (random.nextDouble() - 0.5) * 0.01);
            double width = random.nextInt(3) == 0 ? 0 : entry * 0.002 * random.nextDouble();
            double way = entry * (0.001 + 0.03 * random.nextDouble()) * (up ? 1 : -1);
            double edge = Math.signum(way) * width;
            List<Target> targets = List.of(new Target(price(entry + way + edge), 50), new Target(price(entry + 1.7 * way + edge), 30),
                    new Target(price(entry + 2.5 * way + edge), 20));
            double stop = entry - way * (0.3 + random.nextDouble()) - edge;
            Instant generated = from.start().plusSeconds(random.nextBoolean() ? 0 : random.nextInt((int) step.toSeconds()));
            made.add(new OpenTrade(new UUID(random.nextLong(), random.nextLong()), up ? Direction.LONG : Direction.SHORT,
                    new EntryZone(price(entry - width), price(entry + width), price(entry)), targets, price(stop), generated,
                    generated.plus(window(step, random)), Standing.NONE));
        }
        return made;
    }

    private static Duration window(Duration step, Random random) {
        Timeframe[] timeframes = Timeframe.values();
        return random.nextBoolean() ? step.multipliedBy(1 + random.nextInt(50)).plusSeconds(random.nextInt(60))
                : Duration.ofHours(timeframes[random.nextInt(timeframes.length)].hours());
    }

    private static BigDecimal price(double value) {
        return BigDecimal.valueOf(value).setScale(8, RoundingMode.HALF_UP);
    }

    /** All trades over all candles, as they are. */
    public static Result compare(List<OpenTrade> trades, List<Candle> candles) {
        Timeline timeline = Timeline.of(candles);
        Instant end = end(candles);
        return count(trades, trade -> new Pair(trade, new Judge().judge(trade, timeline, end), new SlowJudge(trade, candles).answer(end)));
    }

    /** Each trade with its candles multiplied so that it is entered at about 100,000 USD, where prices get a digit more. */
    public static Result compareAtHundredThousand(List<OpenTrade> trades, List<Candle> candles) {
        Instant end = end(candles);
        return count(trades, trade -> {
            BigDecimal factor = HUNDRED_THOUSAND.divide(trade.zone().optimal(), 12, RoundingMode.HALF_UP);
            List<Candle> scaled = candles.stream().filter(one -> one.end().isAfter(trade.generatedAt()) && one.start().isBefore(trade.expiresAt()))
                    .map(one -> new Candle(one.start(), one.duration(), times(one.open(), factor), times(one.high(), factor),
                            times(one.low(), factor), times(one.close(), factor), one.volume(), one.venue())).toList();
            EntryZone zone = trade.zone();
            OpenTrade moved = new OpenTrade(trade.id(), trade.direction(),
                    new EntryZone(times(zone.min(), factor), times(zone.max(), factor), times(zone.optimal(), factor)),
                    trade.targets().stream().map(one -> new Target(times(one.price(), factor), one.allocation())).toList(),
                    times(trade.stop(), factor), trade.generatedAt(), trade.expiresAt(), Standing.NONE);
            return new Pair(moved, new Judge().judge(moved, Timeline.of(scaled), end), new SlowJudge(moved, scaled).answer(end));
        });
    }

    private static BigDecimal times(BigDecimal price, BigDecimal factor) {
        return price.multiply(factor).setScale(8, RoundingMode.HALF_UP);
    }

    private static Instant end(List<Candle> candles) {
        return candles.stream().map(Candle::end).max(Instant::compareTo).orElseThrow();
    }

    private record Pair(OpenTrade trade, Verdict verdict, SlowJudge.Answer slow) {

        boolean same() {
            return told(verdict).equals(told(slow)) && sameProfit(verdict.profitUsd(), slow.profit());
        }
    }

    private interface Both {
        Pair judge(OpenTrade trade);
    }

    private static Result count(List<OpenTrade> trades, Both both) {
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> differing = new ArrayList<>();
        int equal = 0;
        for (OpenTrade trade : trades) {
            Pair pair = both.judge(trade);
            Verdict verdict = pair.verdict();
            outcomes.merge((verdict.reason() == null ? "ACTIVE" : verdict.reason()) + (verdict.standing().ambiguous() ? " ambiguous" : ""), 1, Integer::sum);
            if (pair.same()) {
                equal++;
            } else if (differing.size() < DIFFERENCES_KEPT) {
                differing.add(pair.trade() + ": judge " + told(verdict) + " " + verdict.profitUsd() + ", slow judge " + told(pair.slow()) + " " + pair.slow().profit());
            }
        }
        return new Result(trades.size(), equal, outcomes, differing);
    }

    static String told(SlowJudge.Answer slow) {
        return slow.status() + " " + slow.entered() + " " + slow.targets() + " " + slow.stopped() + " " + slow.ambiguous() + " " + slow.single();
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

    /** Both null, or within a millionth of a dollar: the restatement adds up part by part and rounds elsewhere. */
    static boolean sameProfit(BigDecimal profit, BigDecimal other) {
        return profit == null || other == null ? profit == other : profit.subtract(other).abs().compareTo(SAME_PROFIT) < 0;
    }
}
