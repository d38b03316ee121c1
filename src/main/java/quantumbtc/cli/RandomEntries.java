package quantumbtc.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import quantumbtc.signal.Chart;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;
import quantumbtc.trade.Trade;
import quantumbtc.trade.TradeStatus;
import quantumbtc.validation.Judge;
import quantumbtc.validation.OpenTrade;
import quantumbtc.validation.Standing;
import quantumbtc.validation.Timeline;

/**
 * The base rate: what a trade's geometry hits when it is entered at random hours of the same period, in the same
 * direction and for the same time. Distances are kept in units of the volatility at that hour, so that a signal gains
 * nothing from merely knowing how wild the market is. Judged by the same judge.
 */
final class RandomEntries {

    private static final int ENTRIES = 5;

    private final Chart chart;
    private final Timeline timeline;
    private final List<Instant> edges;
    private final SplittableRandom random;
    private final Judge judge = new Judge();

    /** @param edges where the spans that are reported apart begin and end, in order; a trade is compared within its own */
    RandomEntries(Chart chart, Timeline timeline, List<Instant> edges, long seed) {
        this.chart = chart;
        this.timeline = timeline;
        this.edges = List.copyOf(edges);
        this.random = new SplittableRandom(seed);
    }

    /** Part of the random entries that were hit; null when no hour drawn had a price. */
    Double hitRate(Trade trade) {
        Chart own = chart.until(trade.generatedAt());
        int span = 1;
        while (span < edges.size() - 1 && !trade.generatedAt().isBefore(edges.get(span))) {
            span++;
        }
        Instant from = edges.get(span - 1);
        long hours = Math.max(1, Duration.between(from, edges.get(span)).toHours());
        int judged = 0;
        int hit = 0;
        for (int i = 0; i < ENTRIES; i++) {
            Instant at = from.plus(Duration.ofHours(random.nextLong(hours)));
            Chart there = chart.until(at);
            if (there.size() < 2 || there.end().isBefore(at.minus(Duration.ofHours(6)))) {
                continue;
            }
            OpenTrade moved = moved(trade, own.price(), there.price(), there.volatility() / own.volatility(), there.end());
            TradeStatus status = judge.judge(moved, timeline, moved.expiresAt()).status();
            // As with signals, one that cannot be judged stays in the denominator.
            judged++;
            hit += status == TradeStatus.HIT ? 1 : 0;
        }
        return judged == 0 ? null : hit / (double) judged;
    }

    private static OpenTrade moved(Trade trade, double own, double there, double scale, Instant at) {
        EntryZone zone = trade.entry();
        List<Target> targets = trade.targets().stream()
                .map(target -> new Target(moved(target.price(), own, there, scale), target.allocation())).toList();
        return new OpenTrade(trade.id(), trade.direction(),
                new EntryZone(moved(zone.min(), own, there, scale), moved(zone.max(), own, there, scale), moved(zone.optimal(), own, there, scale)),
                targets, moved(trade.stop(), own, there, scale), at, at.plus(Duration.ofHours(trade.timeframeHours())), Standing.NONE);
    }

    private static BigDecimal moved(BigDecimal level, double own, double there, double scale) {
        double distance = level.doubleValue() / own - 1;
        return BigDecimal.valueOf(there * (1 + scale * distance)).setScale(8, RoundingMode.HALF_EVEN);
    }
}
