package quantumbtc.validation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.TradeStatus;

/** Counts and sums behind {@link Performance}. */
final class Tally {

    private static final int BINS = 10;

    private final List<JudgedTrade> trades;

    Tally(List<JudgedTrade> trades) {
        this.trades = trades;
    }

    static Map<String, Performance> byTimeframe(List<JudgedTrade> trades) {
        Map<String, List<JudgedTrade>> groups = new LinkedHashMap<>();
        for (Timeframe timeframe : Timeframe.values()) {
            groups.put(timeframe.label(), new ArrayList<>());
        }
        trades.forEach(trade -> groups.computeIfAbsent(String.valueOf(trade.timeframe()), word -> new ArrayList<>()).add(trade));
        Map<String, Performance> performances = new LinkedHashMap<>();
        groups.forEach((word, group) -> {
            if (!group.isEmpty()) {
                performances.put(word, Performance.of(group));
            }
        });
        return performances;
    }

    Performance performance() {
        int hits = count(TradeStatus.HIT);
        int n = trades.size();
        List<Double> profits = trades.stream().filter(trade -> trade.profitUsd() != null).map(trade -> trade.profitUsd().doubleValue()).toList();
        double gains = profits.stream().filter(profit -> profit > 0).mapToDouble(Double::doubleValue).sum();
        double losses = -profits.stream().filter(profit -> profit < 0).mapToDouble(Double::doubleValue).sum();
        return new Performance(n, hits, count(TradeStatus.NOT_HIT), count(TradeStatus.INVALIDATED), count(TradeStatus.EXPIRED),
                n == 0 ? null : hits / (double) n, n == 0 ? null : Interval.wilson(hits, n), mean(JudgedTrade::baseRate),
                profits.isEmpty() ? null : (gains - losses) / profits.size(), gains - losses, losses == 0 ? null : gains / losses,
                drawdown(), mean(trade -> trade.holdUsd() == null ? null : trade.holdUsd().doubleValue()), score());
    }

    private double drawdown() {
        TreeMap<Instant, Double> ends = new TreeMap<>();
        trades.stream().filter(trade -> trade.profitUsd() != null)
                .forEach(trade -> ends.merge(trade.endedAt(), trade.profitUsd().doubleValue(), Double::sum));
        return Drawdown.deepestOf(List.copyOf(ends.values()));
    }

    private int count(TradeStatus status) {
        return (int) trades.stream().filter(trade -> trade.status() == status).count();
    }

    private Double mean(Function<JudgedTrade, Double> value) {
        double[] known = trades.stream().map(value).filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
        return known.length == 0 ? null : java.util.Arrays.stream(known).sum() / known.length;
    }

    private Score score() {
        List<JudgedTrade> stated = trades.stream()
                .filter(trade -> trade.confidence() != null && trade.status() != TradeStatus.INVALIDATED).toList();
        if (stated.isEmpty()) {
            return null;
        }
        double rate = stated.stream().filter(JudgedTrade::hit).count() / (double) stated.size();
        Double base = mean(JudgedTrade::baseRate);
        List<CalibrationBin> bins = bins(stated);
        double error = bins.stream().filter(bin -> bin.trades() > 0)
                .mapToDouble(bin -> bin.trades() * Math.abs(bin.stated() - bin.cameTrue())).sum() / stated.size();
        return new Score(stated.size(), brier(stated, trade -> trade.confidence() / 100.0),
                base == null ? null : brier(stated, trade -> base), rate * (1 - rate), error, bins);
    }

    private static double brier(List<JudgedTrade> stated, Function<JudgedTrade, Double> forecast) {
        double sum = 0;
        for (JudgedTrade trade : stated) {
            double difference = forecast.apply(trade) - (trade.hit() ? 1 : 0);
            sum += difference * difference;
        }
        return sum / stated.size();
    }

    private static List<CalibrationBin> bins(List<JudgedTrade> stated) {
        List<CalibrationBin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int number = bin;
            List<JudgedTrade> own = stated.stream().filter(trade -> Math.min(BINS - 1, trade.confidence() / 10) == number).toList();
            bins.add(own.isEmpty() ? new CalibrationBin(10 * bin, 0, null, null) : new CalibrationBin(10 * bin, own.size(),
                    own.stream().mapToInt(JudgedTrade::confidence).average().orElseThrow(),
                    100.0 * own.stream().filter(JudgedTrade::hit).count() / own.size()));
        }
        return bins;
    }
}
