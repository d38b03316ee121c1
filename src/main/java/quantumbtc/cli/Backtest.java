package quantumbtc.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongConsumer;
import quantumbtc.market.HistoryTooShort;
import quantumbtc.market.MarketData;
import quantumbtc.market.Purity;
import quantumbtc.market.Quote;
import quantumbtc.market.Source;
import quantumbtc.signal.Chart;
import quantumbtc.signal.SignalGenerator;
import quantumbtc.signal.SignalInputs;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Trade;
import quantumbtc.validation.Judge;
import quantumbtc.validation.JudgedTrade;
import quantumbtc.validation.OpenTrade;
import quantumbtc.validation.Profit;
import quantumbtc.validation.Standing;
import quantumbtc.validation.Timeline;
import quantumbtc.validation.Verdict;

/**
 * Runs the real pipeline over recorded candles: at each hour the open trades are judged, and every so often a signal is
 * made from what was known then. The entry is the last close, the only price there is; a recorded venue has nobody to be
 * compared with, so purity is no part of what is measured.
 */
final class Backtest {

    private static final UUID USER = new UUID(0, 0);
    private static final Duration HOUR = Duration.ofHours(1);

    private final SignalGenerator generator;
    private final Chart chart;
    private final Timeline timeline;
    private final RandomEntries random;
    private final long seed;
    private final Judge judge = new Judge();
    private int refused;

    Backtest(SignalGenerator generator, Chart chart, Timeline timeline, RandomEntries random, long seed) {
        this.generator = generator;
        this.chart = chart;
        this.timeline = timeline;
        this.random = random;
        this.seed = seed;
    }

    /**
     * @param from     first generation
     * @param until    no generation from then on; judging goes on until every trade has ended
     * @param every    between two generations, whole hours
     * @param progress is told the hours done since from
     * @return in the order of generation
     */
    List<BacktestTrade> run(Instant from, Instant until, Duration every, LongConsumer progress) {
        List<BacktestTrade> finished = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        Instant next = from;
        for (Instant hour = from; hour.isBefore(until) || !open.isEmpty(); hour = hour.plus(HOUR)) {
            judge(open, finished, hour);
            if (!hour.isBefore(next) && hour.isBefore(until)) {
                generate(open, hour);
                next = next.plus(every);
            }
            progress.accept(Duration.between(from, hour).toHours());
        }
        finished.sort(java.util.Comparator.comparing(one -> one.generated().trade().generatedAt()));
        return finished;
    }

    /** How many generations were refused because the candles before them did not suffice. */
    int refused() {
        return refused;
    }

    private void generate(List<Open> open, Instant hour) {
        Chart known = chart.until(hour);
        if (known.size() == 0) {
            refused++;
            return;
        }
        BigDecimal price = BigDecimal.valueOf(known.price());
        Quote quote = new Quote(Source.KRAKEN, price, known.end(), null, null, null, true);
        MarketData market = new MarketData(hour, List.of(Source.KRAKEN), List.of(quote), null, null, List.of(), true);
        Purity purity = new Purity(100, true, price, null, false, List.of(Source.KRAKEN), List.of(), List.of());
        long own = new SplittableRandom(seed ^ hour.getEpochSecond()).nextLong();
        try {
            open.add(new Open(generator.generate(new SignalInputs(chart, market, purity, USER, own, hour))));
        } catch (HistoryTooShort e) {
            refused++;
        }
    }

    private void judge(List<Open> open, List<BacktestTrade> finished, Instant hour) {
        Chart known = chart.until(hour);
        Instant seen = known.size() == 0 ? hour : known.end();
        for (Iterator<Open> rest = open.iterator(); rest.hasNext(); ) {
            Open one = rest.next();
            // As far as there are candles: one that is still running would be passed over, and the next one begin behind it.
            Instant until = hour.isBefore(one.state.expiresAt()) ? seen : hour;
            Verdict verdict = judge.judge(one.state, timeline, until);
            one.state = one.state.with(verdict.standing());
            if (verdict.isFinal()) {
                finished.add(finish(one.generated, verdict));
                rest.remove();
            }
        }
    }

    private BacktestTrade finish(Generated generated, Verdict verdict) {
        Trade trade = generated.trade();
        Chart atEnd = chart.until(verdict.endedAt());
        BigDecimal hold = Profit.of(Direction.LONG, trade.entry().optimal(), BigDecimal.valueOf(atEnd.price()));
        return new BacktestTrade(generated, verdict, new JudgedTrade(trade.generatedAt(), verdict.endedAt(), trade.timeframe(),
                verdict.status(), trade.confidence(), verdict.profitUsd(), hold, random.hitRate(trade)));
    }

    static OpenTrade asOpen(Trade trade) {
        return new OpenTrade(trade.id(), trade.direction(), trade.entry(), trade.targets(), trade.stop(), trade.generatedAt(),
                trade.expiresAt(), Standing.NONE);
    }

    /** A trade on its way. */
    private static final class Open {
        private final Generated generated;
        private OpenTrade state;

        private Open(Generated generated) {
            this.generated = generated;
            this.state = asOpen(generated.trade());
        }
    }
}
