package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import quantumbtc.market.Candle;
import quantumbtc.market.CandleRequest;
import quantumbtc.market.Candles;
import quantumbtc.trade.Trade;

/** The candles around one trade: from a little before it was generated until it ended or now, in at most some hundred steps. */
public final class TradeChart {

    private static final List<Duration> STEPS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15),
            Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1));
    private static final int MOST = 200;
    /** The venue keeps so many finished candles of each step. */
    private static final int KEPT = 719;
    private static final Duration LEAST_LEAD = Duration.ofHours(1);

    private final Clock clock;

    public TradeChart(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param candles  oldest first; empty when the venue gives none for that time
     * @param failures why it gave none
     * @param replayed true when they are a replay of old prices
     */
    public record Chart(long stepSeconds, List<Bar> candles, List<String> failures, boolean replayed) {
    }

    /** One candle, in USD per BTC. */
    public record Bar(Instant start, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {
    }

    /** The finest step that covers the trade's time and that the venue still has. */
    public CandleRequest request(Trade trade) {
        Instant since = since(trade);
        Instant now = clock.instant();
        Duration shown = Duration.between(since, until(trade));
        Duration step = STEPS.stream().filter(each -> shown.dividedBy(each) <= MOST && !since.isBefore(now.minus(each.multipliedBy(KEPT))))
                .findFirst().orElse(Duration.ofDays(1));
        return new CandleRequest(since, step);
    }

    public Chart of(Trade trade, Candles candles) {
        Instant until = until(trade);
        List<Bar> bars = candles.kraken().stream().filter(candle -> candle.start().isBefore(until) && candle.end().isAfter(candles.since()))
                .map(candle -> new Bar(candle.start(), candle.open(), candle.high(), candle.low(), candle.close())).toList();
        long step = candles.kraken().stream().map(Candle::duration).findFirst().orElse(request(trade).interval()).toSeconds();
        return new Chart(step, bars, candles.failures().stream().map(failure -> failure.source() + ": " + failure.detail()).toList(),
                candles.replayed());
    }

    /** A quarter of the trade's time before it; by the full hour, so that those who look at it ask the same question. */
    private static Instant since(Trade trade) {
        Duration lead = Duration.between(trade.generatedAt(), trade.expiresAt()).dividedBy(4);
        return trade.generatedAt().minus(Optional.of(lead).filter(time -> time.compareTo(LEAST_LEAD) > 0).orElse(LEAST_LEAD))
                .truncatedTo(ChronoUnit.HOURS);
    }

    private Instant until(Trade trade) {
        Instant now = clock.instant();
        return trade.expiresAt().isBefore(now) ? trade.expiresAt() : now;
    }
}
