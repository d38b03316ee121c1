package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import quantumbtc.trade.TradeStatus;
import quantumbtc.validation.CalibrationBin;
import quantumbtc.validation.Interval;
import quantumbtc.validation.Performance;
import quantumbtc.validation.Score;

/** Turns sums of trades into rates and means. */
record Sums(List<Sums.Group> groups) {

    private static final int BINS = 10;

    /**
     * Trades that have all this in common.
     *
     * @param decile of the confidence, 0 to 9; -1 when they state none
     */
    record Group(boolean judged, TradeStatus status, String timeframe, int decile, long trades, double confidenceSum, double brierSum,
                 long baseTrades, double baseSum, long profitTrades, BigDecimal profitSum, double gainSum, double lossSum) {

        boolean over() {
            return status != TradeStatus.ACTIVE;
        }

        boolean hit() {
            return status == TradeStatus.HIT;
        }

        boolean missed() {
            return status == TradeStatus.NOT_HIT || status == TradeStatus.EXPIRED;
        }

        boolean stated() {
            return decile >= 0 && (hit() || missed());
        }
    }

    long trades(Predicate<Group> of) {
        return groups.stream().filter(of).mapToLong(Group::trades).sum();
    }

    private double sum(Predicate<Group> of, ToDoubleFunction<Group> value) {
        return groups.stream().filter(of).mapToDouble(value).sum();
    }

    private static Double quotient(double sum, long n) {
        return n == 0 ? null : sum / n;
    }

    TradeCounts counts() {
        return new TradeCounts(trades(g -> !g.over()), trades(Group::hit), trades(g -> g.status() == TradeStatus.NOT_HIT),
                trades(g -> g.status() == TradeStatus.INVALIDATED), trades(g -> g.status() == TradeStatus.EXPIRED),
                trades(g -> g.over() && g.judged()), trades(g -> g.over() && !g.judged()));
    }

    /** Mean stated confidence of some trades, percent. */
    Double confidence(Predicate<Group> of) {
        Predicate<Group> stated = of.and(g -> g.decile() >= 0);
        return quotient(sum(stated, Group::confidenceSum), trades(stated));
    }

    long profitTrades() {
        return groups.stream().mapToLong(Group::profitTrades).sum();
    }

    BigDecimal profit() {
        return groups.stream().map(Group::profitSum).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Double profitFactor() {
        double losses = sum(g -> true, Group::lossSum);
        return losses == 0 ? null : sum(g -> true, Group::gainSum) / losses;
    }

    Double baseRate() {
        return quotient(sum(g -> true, Group::baseSum), groups.stream().mapToLong(Group::baseTrades).sum());
    }

    List<TimeframeAccuracy> timeframes() {
        Map<String, List<Group>> byTimeframe = new TreeMap<>();
        groups.stream().filter(Group::over).forEach(g -> byTimeframe.computeIfAbsent(g.timeframe(), word -> new ArrayList<>()).add(g));
        List<TimeframeAccuracy> all = new ArrayList<>();
        byTimeframe.forEach((timeframe, own) -> {
            Sums sums = new Sums(own);
            long n = sums.trades(g -> true);
            long hits = sums.trades(Group::hit);
            all.add(new TimeframeAccuracy(timeframe, n, hits, 100.0 * hits / n, Interval.wilson(hits, n).inPercent()));
        });
        return all;
    }

    /** Timeframes that have a name and enough trades to be ranked. */
    static List<TimeframeAccuracy> ranked(List<TimeframeAccuracy> all) {
        return all.stream().filter(one -> !one.timeframe().isEmpty() && one.trades() >= Performance.FEWEST_FOR_RANKING).toList();
    }

    Score score() {
        long n = trades(Group::stated);
        if (n == 0) {
            return null;
        }
        double rate = trades(g -> g.stated() && g.hit()) / (double) n;
        Double base = baseRate();
        List<CalibrationBin> bins = new ArrayList<>();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            CalibrationBin one = bin(bin);
            bins.add(one);
            error += one.trades() == 0 ? 0 : one.trades() * Math.abs(one.stated() - one.cameTrue());
        }
        return new Score((int) n, sum(Group::stated, Group::brierSum) / n,
                base == null ? null : rate * (1 - base) * (1 - base) + (1 - rate) * base * base, rate * (1 - rate), error / n, bins);
    }

    private CalibrationBin bin(int number) {
        Predicate<Group> own = g -> g.stated() && g.decile() == number;
        long n = trades(own);
        return new CalibrationBin(10 * number, (int) n, quotient(sum(own, Group::confidenceSum), n),
                quotient(100.0 * trades(own.and(Group::hit)), n));
    }
}
